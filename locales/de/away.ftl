# Weg sein und vertreten. Nach einem Grund wird nie gefragt.

## Weg sein

away-ask = Wann sind Sie weg? Tippen oder schreiben Sie, zum Beispiel „3.–7.8.“ oder „morgen“. Einen Grund brauche ich nicht.
away-noted = ✓ Notiert: Sie sind { span-when } weg.
away-cancelled = ✓ Gestrichen: Ihre Abwesenheit { span-when }.
away-known = Diese Tage habe ich schon notiert.
away-revision = Eine dieser Wochen ist schon abgeschlossen. Bei Ihnen zählt die Änderung noch. Die Zahlen für die Kursleitung ändert sie nicht mehr.
away-open = Das Ende ist noch offen. Am nächsten Arbeitstag frage ich morgens, ob Sie wieder da sind. Wissen Sie es schon? Dann schreiben Sie zum Beispiel „bis Freitag“.
away-back-ask = Guten Morgen! Sind Sie heute wieder da?
away-until-ask = Bis wann sind Sie weg? Schreiben Sie den letzten Tag, zum Beispiel „Freitag“ oder „7.8.“
away-back = ✓ Schön, dass Sie wieder da sind! Ab heute sind Sie nicht mehr abgemeldet.
away-unclear = Darin finde ich keine Tage. Schreiben Sie zum Beispiel „3.–7.8.“, „morgen“ oder „nächste Woche“.
away-backwards = Das Ende liegt vor dem Anfang. Schreiben Sie zuerst den ersten Tag, zum Beispiel „3.–7.8.“
away-too-long = Mehr als ein Jahr am Stück kann ich nicht notieren. Stimmt das Jahr?
away-long-past = Das liegt zu lange zurück, um noch etwas zu ändern. Stimmt das Jahr?
away-too-far = Das liegt mehr als ein Jahr voraus. Stimmt das Jahr?

button-today = Heute
button-tomorrow = Morgen
button-this-week = Diese Woche
button-next-week = Nächste Woche
button-cancel = Doch nicht weg
button-back-again = Ich bin wieder da
button-back-from = Wieder da: ab { $from }
button-today-too = Heute noch nicht
button-until = Bis …
button-cancel-absence = { $span ->
    [morning] Löschen: { $from } vorm.
    [afternoon] Löschen: { $from } nachm.
    [one] Löschen: { $from }
   *[many] Löschen: ab { $from }
}

## Was mit der Vertretung geschieht

cover-asked = Ich frage { $name } nach Vertretung und gebe Ihnen die Antwort weiter.
cover-asked-partly = Ich frage { $name } nach Vertretung. An einem Teil der Tage sind Sie beide weg: Dazu bekommen Sie eine eigene Nachricht.
cover-both-away = Auch { $name } ist an diesen Tagen weg. Was jetzt geht, steht in einer eigenen Nachricht.
cover-nobody = Ihrem Tandem fehlt gerade die zweite Person. Was jetzt geht, steht in einer eigenen Nachricht.
cover-none-needed = Eine Vertretung braucht es dafür nicht.

## Fragen an die andere Person

cover-question = { $name } ist { span-when } weg. Übernehmen Sie die Vertretung?
cover-question-again = Noch ohne Antwort: { $name } ist { span-when } weg. Übernehmen Sie die Vertretung?
button-cover-yes = Ja, übernehme ich
button-cover-no = Geht nicht
button-cover-after-all = Doch, ich übernehme
button-cover-withdraw = Geht doch nicht
cover-thanks = ✓ Danke! Sie übernehmen die Vertretung { span-when }.
cover-checklist-comes = Die Checkliste für die Übergabe kommt am { $day }.
cover-declined = Notiert: { span-when } geht es bei Ihnen nicht. Ich gebe das weiter.
cover-away-yourself = An diesen Tagen sind Sie selbst abgemeldet.
cover-called-off = Die Vertretung für { $name } { span-when } entfällt.
cover-shortened = { $name } ist früher zurück. Ihre Vertretung: { span-days }
cover-released = { $name } ist zurück. Danke für die Vertretung!

## Antworten an die abwesende Person

cover-taken = ✓ *{ $name }* vertritt Sie { span-when }.
cover-asked-again = Ich frage noch einmal nach Vertretung { span-when }.
cover-left-open = ✓ Gut. Die Vertretung { span-when } bleibt bewusst offen.
gap-declined = { $name } kann { span-when } nicht vertreten. Fragen Sie noch einmal, oder lassen Sie die Tage bewusst offen?
gap-unanswered = { $name } hat noch nicht geantwortet: Ihre Vertretung { span-when } ist offen. Fragen Sie noch einmal, oder lassen Sie die Tage bewusst offen?
gap-unreachable = { $name } erreiche ich hier nicht mehr: Ihre Vertretung { span-when } ist offen. Finden Sie im Haus jemanden, oder lassen Sie die Tage bewusst offen?
gap-both-away = { span-days }: Sie und { $name } sind beide weg. Finden Sie im Haus jemanden, oder lassen Sie die Tage bewusst offen?
gap-nobody = { span-days }: Niemand vertritt Sie. Finden Sie im Haus jemanden, oder lassen Sie die Tage bewusst offen?
gap-round = Aus der Runde gibt es noch keine Zusage: Ihre Vertretung { span-when } ist offen.
button-ask-again = Noch einmal fragen
button-ask-round = In der Runde fragen
button-leave-open = Bewusst offen lassen

## Die Liste unter /vertretung

cover-title = *Vertretung*
cover-nothing = Gerade steht nichts an.
cover-line-asked = { $whose ->
    [mine] { span-days }: gefragt, noch ohne Antwort
   *[other] { span-days }: { $name } fragt Sie, noch ohne Antwort
}
cover-line-taken = { $whose ->
    [mine] { span-days }: Sie werden vertreten
   *[other] { $helper ->
        [me] { span-days }: Sie vertreten { $name }
       *[other] { span-days }: { $name } wird vertreten
    }
}
cover-line-left-open = { $whose ->
    [mine] { span-days }: für Sie bewusst offen
   *[other] { span-days }: für { $name } bewusst offen
}
cover-line-open = { $whose ->
    [mine] { span-days }: für Sie noch offen
   *[other] { span-days }: für { $name } noch offen
}

## Wenn ein Wort für zwei Vertretungen gilt

button-on-days = { $span ->
    [morning] { $from } vorm.: { $label }
    [afternoon] { $from } nachm.: { $label }
   *[other] { $from }: { $label }
}

## Hilfe aus der Runde

round-asked = { $count ->
    [one] Ich frage eine Person aus der Runde, ob sie Sie { span-when } vertritt.
   *[other] Ich frage { $count } Personen aus der Runde, ob sie Sie { span-when } vertreten. Die erste Zusage gilt.
}
round-nobody = Aus der Runde kann ich gerade niemanden mehr fragen.
neighbour-question = { $name } ({ $organisation }) aus Ihrer Runde ist { span-when } weg und sucht eine Vertretung. Übernehmen Sie das?
neighbour-settled = Die Vertretung für { $name } { span-when } ist geklärt. Danke, dass Sie gefragt werden durften!
neighbour-late = Diese Vertretung ist schon geklärt.

## Wer von einer Lücke erfahren darf

contact-ask = Wer darf erfahren, wenn eine Vertretung offen ist? Schreiben Sie eine Stelle, etwa das Sekretariat.
contact-noted = ✓ Notiert: { $contact }. Ist eine Vertretung offen, geben Sie das mit einem Knopf weiter. Oder ich sage dort selbst Bescheid, wenn die Stelle zustimmt.
contact-long = Das ist zu lang. Bitte höchstens { $limit } Zeichen.
contact-text = Ich bin { span-when } weg, und meine Vertretung ist noch offen. Können Sie helfen?
button-contact = Ansprechstelle nennen
button-contact-named = Ansprechstelle: { $contact }
button-no-contact = Keine Ansprechstelle
button-tell-contact = Weitergeben: { $contact }
gap-contact-told = { $contact } weiß auch davon.
button-contact-invite = Ansprechstelle informieren
contact-invite = Schicken Sie diesen Link an: { $contact }. Wer dort zustimmt, erfährt von mir, wenn eine Vertretung offen ist. Der Link gilt für eine Person.
contact-invite-text = { $name } möchte Sie als Ansprechstelle für offene Vertretungen angeben. Hier steht, was das heißt:
contact-joined = { $contact } hat zugestimmt: Ist eine Vertretung offen, sage ich dort selbst Bescheid.
contact-gone = { $contact } bekommt keine Nachrichten mehr über offene Vertretungen. Möchten Sie eine andere Stelle nennen?
contact-welcome = Danke! Bleibt im Tandem ({ $organisation }) eine Vertretung offen, sage ich Ihnen hier Bescheid, und auch, was daraus wird. Mehr kommt nicht.
contact-gap = { $name } ({ $organisation }) ist { span-when } weg, und niemand vertritt. Finden Sie im Haus jemanden, der einspringt?
button-contact-found = Jemand springt ein
button-contact-stop = Nicht mehr Bescheid sagen
contact-found = ✓ Danke! Notiert: Jemand springt ein, { span-when }.
contact-found-told = ✓ { $contact } hat jemanden gefunden, der Sie { span-when } vertritt.
contact-left-open-told = { $contact } lässt Ihre Vertretung { span-when } bewusst offen.
contact-settled = Die Vertretung für { $name } { span-when } ist geklärt. Sie brauchen nichts mehr zu tun.
contact-anew = Ich frage noch einmal, wer { $name } { span-when } vertritt. Sie brauchen gerade nichts zu tun. Bleibt es offen, melde ich mich wieder.
contact-stopped = ✓ Sie bekommen keine Nachrichten mehr über offene Vertretungen. Was dafür über Sie gespeichert war, ist gelöscht.
contact-over = Sie sind nicht mehr als Ansprechstelle angegeben. Was dafür über Sie gespeichert war, ist gelöscht. Danke!

## Die Übergabe

handover-title = *Übergabe:* { $name } ist { span-when } weg.
handover-hint = Tippen Sie an, was geklärt ist.
handover-complete = ✓ Alles geklärt. Gute Vertretung!
handover-waits = ✓ Alles angetippt. { $name } übergibt noch.
handover-given = { $name } hat übergeben: { $items }
handover-taken = { $name } hat übernommen: { $items }
handover-link = Link: { $link }
handover-giving-title = *Übergabe* an { $name }: { span-days }
handover-giving-hint = Tippen Sie an, was übergeben ist. Ein Link zu Ihren Unterlagen kann dazu.
handover-giving-complete = ✓ Alles übergeben. Danke!
handover-link-ask = Schicken Sie den Link zu Ihren Unterlagen. Er beginnt mit https:// und wird sieben Tage nach der Vertretung gelöscht.
handover-link-bad = Ich brauche nur den Link: Er beginnt mit https:// und ist höchstens 300 Zeichen lang. Passwörter gehören nicht hinein.
handover-link-late = Für diese Vertretung lässt sich kein Link mehr hinterlegen.
button-handover-link = Link dazu
button-handover-relink = Link ändern
handover-accounts = Zugänge funktionieren
handover-threads = Offene Gespräche bekannt
handover-drafts = Entwürfe und Termine da
handover-approvals = Freigaben geklärt
handover-contacts = Kontakte für Notfälle da
