# Die Lizenz: ausstellen lassen, prüfen lassen, verlängern; und was die Kursleitung dazu gefragt wird.

## Ausstellen

licence-complete = Alles ist da. Sie können sich die Lizenz jetzt ausstellen.
licence-ready = Für Ihre Lizenz ist jetzt alles da. Sie können sie sich ausstellen.
button-licence-ready = Zur Lizenz
button-licence-begin = Lizenz ausstellen
licence-name-ask = Welcher Name soll auf der Lizenz stehen? Tippen Sie, oder schreiben Sie ihn, wie er dort stehen soll.
button-licence-name = { $name }
licence-draft =
    So wird die Lizenz aussehen.

    Name: *{ $name }*
licence-draft-organisation = Organisation: { $organisation }
licence-draft-no-organisation = Ohne Organisation.
licence-draft-round = Runde: { $round }
button-licence-issue = Ausstellen
button-licence-other = Anderer Name
button-licence-leave-out = Ohne Organisation
button-licence-put-in = Mit Organisation
licence-caption = Lizenz für { $name }. Gültig bis { $until }

## Was mit ihr geht

licence-yours = *Ihre Lizenz* lautet auf { $name }.
licence-holds = Sie gilt bis zum { $day }.
licence-over = Sie galt bis zum { $day } und lässt sich verlängern.
licence-check-none = Prüfen lässt sie sich nicht: Die Prüfseite ist abgeschaltet.
licence-check-plain = Wer die Adresse auf der Lizenz öffnet, liest nur, ob sie gilt und bis wann. Ihr Name steht dort nicht.
licence-check-name = Wer die Adresse auf der Lizenz öffnet, liest, ob und bis wann sie gilt, und Ihren Namen.
licence-check-organisation = Wer die Adresse auf der Lizenz öffnet, liest, ob und bis wann sie gilt, und Ihre Organisation.
licence-check-both = Wer die Adresse auf der Lizenz öffnet, liest, ob und bis wann sie gilt, Ihren Namen und Ihre Organisation.
button-my-licence = Meine Lizenz
button-licence-picture = Als Bild
button-check-name = Dort Namen zeigen
button-check-no-name = Dort Namen weglassen
button-check-organisation = Dort Organisation zeigen
button-check-no-organisation = Dort Organisation weglassen
button-check-withdraw = Prüfseite abschalten
button-check-allow = Prüfseite einschalten

## Verlängern

renew-offer = Ihre Lizenz gilt bis zum { $day }. Mit { $count } Fragen zum Recht verlängern Sie sie um zwei Jahre.
renew-open = Verlängerung: angefangen, Frage { $nth } von { $of }
renewed = ✓ *Verlängert: { $right } von { $of } richtig.* Ihre Lizenz gilt jetzt bis zum { $day }.
renew-failed = *{ $right } von { $of } richtig.* Für die Verlängerung braucht es { $needed }. Neue Fragen gibt es ab *{ $day }*.
button-renew = Lizenz verlängern
button-renew-continue = Weiter mit der Verlängerung

## Die Kursleitung bestätigt die Übergabe

vouch-offer = Ohne zweite Person kann die Kursleitung bestätigen, dass die Übergabe geübt ist. Fragen Sie, liest sie Ihren Namen und Ihre Organisation.
button-ask-trainers = Kursleitung bitten
vouch-asked = ✓ Ihre Bitte kommt am nächsten Arbeitstag bei der Kursleitung an. Sie bekommen Bescheid.
vouch-waiting = Die Kursleitung ist gefragt und hat noch nicht geantwortet.
vouch-yes = Die Kursleitung hat bestätigt, dass die Übergabe geübt ist.
vouch-no = Die Kursleitung kann die Übergabe noch nicht bestätigen. Sprechen Sie mit ihr, was dafür fehlt. Danach können Sie noch einmal bitten.
vouch-notice = In der Runde *{ $round }* bittet jemand um Ihre Bestätigung für die Lizenz.
button-vouches = Ansehen
vouch-ask =
    { $name } bittet um eine Bestätigung. Organisation: { $organisation }

    Im Tandem fehlt gerade die zweite Person. Ist die Übergabe geübt, also Zugänge, Aufgaben und Ansprechpersonen so geordnet, dass jemand einspringen kann?
vouch-more = { $count ->
    [one] Danach wartet noch eine Bitte.
   *[other] Danach warten noch { $count } Bitten.
}
vouch-none = Niemand wartet auf eine Bestätigung.
button-vouch-yes = Ja, ist geübt
button-vouch-no = Noch nicht

## Auf der Lizenz

sheet-kind = Lizenz
sheet-has = hat den Kurs abgeschlossen und den Abschlusstest bestanden.
sheet-days = Ausgestellt am { $issued } · gültig bis { $until }
sheet-check = Ob diese Lizenz gilt, steht hier:

## Die Prüfseite

check-valid-title = Gültig
check-valid = Diese Lizenz gilt bis zum { $day }.
check-over-title = Abgelaufen
check-over = Diese Lizenz galt bis zum { $day }.
check-programme = Kurs: { $programme }
check-name = Ausgestellt für: { $name }
check-organisation = Organisation: { $organisation }
check-why = Was hier steht, hat die Person freigegeben, der die Lizenz gehört. Mehr sagt diese Seite nicht.
check-none-title = Kein solcher Code
check-none = Zu diesem Code gibt es keine Lizenz, oder sie lässt sich nicht prüfen. Vergleichen Sie die Adresse mit der auf der Lizenz.
