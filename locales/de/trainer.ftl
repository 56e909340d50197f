# Was die Kursleitung liest.

trainer-welcome = Legen Sie eine Runde an. Nach ein paar kurzen Fragen bekommen Sie einen Link, den Sie weitergeben.
trainer-help =
    /runden – Ihre Runden, Links und wer startklar ist
    /bericht – der Bericht, Zahlen erst ab fünf
    /ankuendigen – einer Runde etwas mitteilen
    /vorschau – die Lektionen ansehen
    /einstellungen – Sprache
    /datenschutz – wer was sieht
    /meinedaten – was gespeichert ist
    /loeschen – gehen
trainer-settings = *Einstellungen*
trainer-not-participant = Das ist für Teilnehmende. Ihre Runden finden Sie unter /runden.
trainer-delete-ask =
    Möchten Sie gehen und alles über Sie löschen?

    Ihre Runden sehen Sie danach nicht mehr.

    Aus diesem Chat verschwinden die Nachrichten der letzten 48 Stunden, Ihre und meine. Ältere kann ich nicht löschen, das geht nur in Telegram selbst.

    Damit keine Sicherungskopie Sie zurückholt, bleibt 92 Tage lang eine Prüfsumme ohne Namen.

## Eine Runde anlegen

draft-programme = Welches Programm soll es sein?
draft-start = Wann soll die Runde beginnen? Tippen Sie einen Montag an, oder schreiben Sie ein Datum, zum Beispiel „1.3.“
draft-start-unclear = Das ist kein Tag in den nächsten zwölf Monaten. Schreiben Sie ihn zum Beispiel so: „1.3.“
draft-places = Für wie viele Tandems ist Platz? Tippen Sie, oder schreiben Sie eine Zahl.
draft-places-unclear = Bitte eine ganze Zahl von 1 bis { $limit }.
draft-controller = Wer ist für die Daten verantwortlich? Schreiben Sie den Namen der Stelle, zum Beispiel: Landesverband Musterland. Alle lesen ihn, bevor sie mitmachen.
draft-contact = Und wer beantwortet Fragen zum Datenschutz? Am besten eine Adresse, zum Beispiel: datenschutz@beispiel.org
draft-text-long = Bitte etwas Text, höchstens { $limit } Zeichen.
places = { $places ->
    [one] { $places } Tandem
   *[other] { $places } Tandems
}

## Runden

rounds-title = *Ihre Runden*
round-title = *{ $name }*
round-planned = Geplant. Start: { $day }
round-running = Läuft. Start: { $day }
round-closed = Abgeschlossen.
round-ready = Startklar: { $ready } von { $all } Tandems. Plätze: { $places }
round-missing = { $organisation } wartet auf: { $missing }
organisation-unnamed = Ein Tandem ohne Namen
round-link =
    Der Link für *{ $name }* ist fertig.

    Geben Sie ihn je Organisation an eine Person. Die zweite lädt sie dann selbst ein.
invite-lead-text = Hier ist der Link zu Ihrem Platz: kurze Lektionen im Chat, zugesagte Arbeitszeit und eine zweite Person an Ihrer Seite. Bevor Sie zusagen, steht dort, wer was sieht.
round-start-ask = Die Runde jetzt starten? Startklar: { $ready } von { $all } Tandems. Wer noch etwas offen hat, bekommt Bescheid und kann nachkommen.
round-starts = ✓ Die Runde startet.

button-create-round = Runde anlegen
button-start-round = Jetzt starten
button-link = Neuer Link
button-report = Bericht
button-round = Zur Runde
button-rounds = Alle Runden

## Nachrichten

round-started =
    Die Runde hat begonnen. Startklar: { $ready } von { $all } Tandems.
trainer-latecomer = { $organisation } ist jetzt startklar, die Runde läuft aber schon. Darf das Tandem noch einsteigen? Es beginnt dann mit der ersten Lektion.
button-admit = Ja, einsteigen
trainer-admitted = ✓ Das Tandem kann beginnen.
trainer-too-late = { $organisation } ist jetzt vollständig, aber die Runde läuft schon seit mehr als { $days } Tagen. Der Einstieg ist deshalb nicht mehr möglich. Das Tandem weiß Bescheid und braucht einen Platz in einer anderen Runde.
left-trainer = Aus einem Tandem ist jemand gegangen. Organisation: { $organisation }. Das Tandem braucht jetzt { $missing }.
replaced-trainer = In einem Tandem wird ein Platz neu besetzt. Organisation: { $organisation }. Das Tandem braucht jetzt { $missing }.

# Die Übersicht der Woche: höchstens drei Sätze
digest-title = *Ihre Woche in Zahlen*
digest-round = *{ $round }*
digest-count = { $count }
# „In 35 % der Tandems“, „in fast keinen Tandems“
digest-share = { $share } % der
digest-almost-all = fast allen
digest-almost-no = fast keinen
digest-some = einigen
digest-withdrawn = In { $tandems } Tandems gilt die Zusage der Arbeitgeber nicht mehr. Sprechen Sie die Arbeitgeber an.
digest-not-released = KW { $week }: In { $tandems } Tandems wurde die Zeit nicht freigegeben. Erinnern Sie die Arbeitgeber an ihre Zusage.
digest-missed = KW { $week }: In { $tandems } Tandems war die zugesagte Zeit da. Fragen Sie in der Runde, woran es lag.
digest-not-needed = KW { $week }: In { $tandems } Tandems wurde die Zeit nicht gebraucht. Vielleicht fehlt eine Aufgabe für die Praxis.
digest-were-away = KW { $week }: In { $tandems } Tandems waren die Leute weg. Das gleicht sich meist von selbst aus.
digest-uncovered = In { $tandems } Tandems fand sich mindestens einmal keine Vertretung. Sprechen Sie in der Runde darüber, wer aushilft.
digest-left = *{ $lesson }* haben { $opened } geöffnet und { $finished } abgeschlossen. Fragen Sie, was dabei aufhält.
digest-misleading = *{ $question }* haben gerade die falsch, die sonst viel wissen. Bitte prüfen Sie die Frage.
digest-hard = *{ $question }* war für viele schwer. Greifen Sie das beim nächsten Treffen auf.
digest-hard-trap = *{ $question }* war für viele schwer, oft gewählt: *{ $answer }*. Greifen Sie das beim nächsten Treffen auf.
digest-hurdle = *{ $module }*: Am meisten gebremst hat: { $hurdle }. Was können Sie dagegen tun?
digest-kept = KW { $week }: In { $tandems } Tandems war die zugesagte Zeit da. Das darf man den Arbeitgebern auch einmal sagen.
digest-nothing-yet = Noch gibt es keine Übersicht der Woche: Es haben zu wenige mitgemacht, um etwas zu zeigen. Sobald es genug sind, kommt sie von selbst.
digest-picture = { $round }: Lektionen
digest-day = Die Übersicht der Woche kommt am { $day }. Anderer Tag?
digest-never = Die Übersicht der Woche kommt nicht. An welchem Tag soll sie kommen?
button-digest-day = Anderer Tag
button-no-digest = Keine Übersicht
