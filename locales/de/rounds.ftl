# Was in einer Runde hin und her geht: Ankündigungen, Fragen, Treffen, und was die Kursleitung ändert.

## Was alle in der Runde lesen

news-word = *Von Ihrer Kursleitung:*
    { $text }
news-changed = *Sie haben es gesagt, wir haben es geändert:*
    { $text }
news-answer = *Eine Frage aus Ihrer Runde:*
    { $question }

    {""}*Die Antwort der Kursleitung:*
    { $text }
news-shared = *{ $name } teilt mit Ihrer Runde:*
    { $text }
news-moved = *Neuer Termin:* Ihre Runde beginnt am { $day }.
news-rest = *Pausenwoche:* Vom { $from } bis { $to } kommt keine Lektion. Danach geht es weiter, wo Sie stehen. Ihre Stunden laufen weiter.
news-no-rest = Die Pausenwoche vom { $from } bis { $to } entfällt. Lektionen kommen wie gewohnt.
news-closed = *Ihre Runde ist abgeschlossen.* Die Kursleitung ist hier nicht mehr zu erreichen. Ihre Lektionen, Ihre Stunden und Ihr Tandem bleiben.
news-group = *Die Gruppe Ihrer Runde:* { $link }

    Sie gehört nicht zu Tandem. Wer beitritt, ist dort mit Namen zu sehen.
news-meeting-new = *Neues Treffen:* { $title }
    { $when }
news-meeting-soon = *Treffen:* { $title }
    { $when }
news-meeting-off = *Abgesagt:* { $title }
    { $when }
meeting-when = { $day }, { $hour } Uhr
meeting-place = Ort: { $place }

## Ankündigen

announce-which = Für welche Runde?
announce-ask = Was möchten Sie der Runde *{ $round }* sagen? Schreiben Sie es, höchstens { $limit } Zeichen.

    Vor dem Senden sehen Sie es noch einmal.
announce-ask-changed = Was haben Sie nach den Rückmeldungen geändert? Schreiben Sie es, höchstens { $limit } Zeichen.

    Nennen Sie niemanden, der es gesagt hat.
announce-long = Bitte etwas Text, höchstens { $limit } Zeichen.
announce-preview = So liest es die Runde *{ $round }*:
announce-to = Geht an { $people } Personen.
announce-to-few = Geht an weniger als fünf Personen.
announce-when = Niemand bekommt mehr als eine Nachricht am Tag und drei in der Woche. Manche lesen es deshalb mit ihrer nächsten Nachricht, einige erst in der nächsten Woche. Wer weg ist, liest es danach.
announce-by = Darin steht ein Tag: { $day }. Wer vorher noch arbeitet, liest es rechtzeitig.
announce-after = Achtung: Darin steht { $day }. Verschickt wird es erst danach.
announce-time = Wann? Tippen Sie, oder schreiben Sie Tag und Uhrzeit, zum Beispiel: 5.3. 14:30
announce-time-unclear = Das ist kein Zeitpunkt in den nächsten zwölf Monaten. Schreiben Sie ihn zum Beispiel so: 5.3. 14:30
announce-sent = ✓ Ist unterwegs. Zurücknehmen geht jetzt nicht mehr.
announce-planned = ✓ Geht am { $day } um { $hour } Uhr hinaus. Bis dahin können Sie es zurücknehmen.
announce-discarded = Gut, es wird nichts gesendet.
announce-withdrawn = ✓ Zurückgenommen. Niemand liest es.
announce-too-late = Das ist schon unterwegs.
announce-enough = In dieser Runde warten schon { $limit } Mitteilungen auf ihre Zeit. Nehmen Sie eine zurück, oder warten Sie ab.
button-announce = Ankündigen
button-announce-changed = Gesagt – geändert
button-announce-send = Jetzt senden
button-announce-later = Später senden
button-announce-rewrite = Neu schreiben
button-announce-discard = Abbrechen
button-next-day = Nächster Arbeitstag, 9 Uhr
button-next-monday = Nächster Montag, 9 Uhr
button-withdraw = Zurücknehmen
button-withdraw-which = Zurück: { $day }
button-news = Mitteilungen

news-title = *Mitteilungen an { $round }*
news-none = Noch keine.
news-line = { $day }, { $hour } Uhr – { $how }
    { $text }
news-planned = geplant
news-withdrawn = zurückgenommen
news-hidden = unterwegs; Zahlen erst ab fünf
news-all = bei allen { $people } angekommen
news-almost-all = bei fast allen angekommen
news-part = bei { $sent } von { $people } angekommen
news-part-lost = bei { $sent } von { $people } angekommen, { $lost } nicht erreichbar

## Eine Runde ändern

manage-title = Was möchten Sie an *{ $name }* ändern?
button-manage = Ändern
round-is-closed = Diese Runde ist abgeschlossen.
round-letters = { $letters ->
    [one] Eine Frage wartet auf Ihre Antwort.
   *[other] { $letters } Fragen warten auf Ihre Antwort.
}
button-dates = Beginn verschieben
dates-ask = Die Runde beginnt am { $day }. Wann soll sie beginnen? Tippen Sie einen Montag an, oder schreiben Sie ein Datum.
button-seats = Plätze
seats-ask = Platz ist für { places }. Für wie viele soll Platz sein? Schreiben Sie eine Zahl.
seats-changed = ✓ Platz ist jetzt für { places }. Wer schon dabei ist, bleibt. Wer auf der Liste wartet, bekommt Bescheid.
button-rest = Pausenwoche
rest-ask = In welcher Woche soll keine Lektion kommen? Tippen Sie ihren Montag an. Noch einmal getippt, entfällt die Pause.

    Lektionen rücken eine Woche weiter. Die Stunden der Tandems laufen weiter.
button-copy = Kopieren
button-close = Runde abschließen
button-close-really = Ja, abschließen
close-ask = Die Runde abschließen? Danach kommt niemand mehr dazu, und Fragen erreichen Sie nicht mehr. Lektionen und Stunden gehen für alle weiter, die dabei sind.
button-group = Gruppe
group-ask = Haben Sie eine Gruppe für die Runde? Schicken Sie ihre Adresse. Sie beginnt mit https://
group-unclear = Das ist keine Adresse. Sie beginnt mit https:// und hat keine Leerzeichen.
button-shift = Tandem verschieben
shift-which = Welches Tandem soll in eine andere Runde? Hier stehen die, die noch nicht begonnen haben.
shift-where = In welche Ihrer Runden?
shift-nowhere = Sie leiten keine andere offene Runde mit diesem Programm.
shift-full = Diese Runde ist voll.
shift-late = Diese Runde läuft schon seit mehr als { $days } Tagen.
shift-done = ✓ Das Tandem sitzt jetzt in *{ $round }*. Beide bekommen Bescheid.
shifted = Ihr Tandem ist jetzt in der Runde *{ $round }*. Start: { $day }

    Verantwortlich: { $controller }
button-colleagues = Kursleitung
colleagues-title = *Diese Runde leiten:*
    { $names }
colleague = { $name }
button-invite-colleague = Jemanden dazuholen
dismiss-which = Entfernen: { $name }
button-hand-over = Selbst abgeben
colleague-link =
    Mit diesem Link leitet jemand *{ $name }* mit Ihnen. Er gilt einmal und 14 Tage.

    Die Person sieht dann dasselbe wie Sie und darf dasselbe.
invite-colleague-text = Hier ist der Link, mit dem Sie die Runde mit mir leiten. Er gilt einmal. Bevor Sie zusagen, steht dort, wer was sieht.
colleague-last = Jemand muss die Runde leiten. Holen Sie zuerst jemanden dazu.
colleague-gone = ✓ { $name } leitet die Runde nicht mehr.
round-handed-over = ✓ Sie leiten diese Runde nicht mehr.
dismissed = Sie leiten die Runde *{ $round }* nicht mehr mit.
colleague-joined = { $name } leitet jetzt *{ $round }* mit Ihnen.
door-colleague = Willkommen! Mit diesem Link leiten Sie die Runde *{ $round }* mit.

## Ein Platz für jemand Neues

button-seat = Platz neu besetzen
seats-which = Bei welcher Organisation soll jemand Neues dazukommen? Tippen Sie sie an, oder schreiben Sie den Anfang ihres Namens.
seats-more = { $left ->
    [one] Es gibt noch eine weitere.
   *[other] Es gibt noch { $left } weitere.
}
seats-none = So beginnt hier keine Organisation. Schreiben Sie den Anfang ihres Namens noch einmal.
seats-empty = In dieser Runde sitzt noch niemand.
seat-tandem = { $organisation }, dabei seit { $day }
seat-which = *{ $tandem }*

    Welcher der beiden Plätze ist es?
button-seat-lead = Erste Person
button-seat-deputy = Zweite Person
seat-lead = Platz der ersten Person
seat-deputy = Platz der zweiten Person
seat-ask = *{ $tandem }*

    Den { $seat } neu besetzen? Wer dort sitzt, verliert den Platz sofort und bekommt Bescheid, die andere Person auch. Die Stunden bleiben in der Summe des Tandems. Zugesagte Vertretungen werden wieder offen.
seat-ask-free = *{ $tandem }*

    Der { $seat } ist frei. Brauchen Sie einen neuen Link dafür? Ein früherer gilt dann nicht mehr.
button-seat-link = Neuen Link holen
seat-freed = ✓ Mit diesem Link kommt jemand Neues zu *{ $organisation }*. Er gilt einmal und { $days } Tage.

    Geben Sie ihn nur an diese Person. Bevor sie zusagt, steht dort, wer was sieht.
invite-seat-text = Hier ist der Link zu Ihrem Platz in unserem Kurs. Sie lernen zu zweit und vertreten sich gegenseitig. Bevor Sie zusagen, steht dort, wer was sieht.

## Treffen

button-meetings = Treffen
meetings-title = *Treffen dieser Runde*
meetings-none = Noch ist kein Treffen geplant.
button-new-meeting = Treffen planen
button-cancel-meeting = Absagen: { $day }
meeting-ask-title = Wie heißt das Treffen? Zum Beispiel: Austausch nach der zweiten Woche
meeting-ask-time = Wann beginnt es? Schreiben Sie Tag und Uhrzeit, zum Beispiel: 5.3. 14:30
meeting-ask-place = Wo? Ein Raum oder die Adresse einer Videokonferenz.
meeting-line-long = Bitte eine Zeile, höchstens { $limit } Zeichen.
meeting-cancelled = ✓ Abgesagt. Alle bekommen Bescheid.

## Fragen an die Kursleitung, Teilen

button-letters = Kursleitung und Runde
letter-menu = Was möchten Sie schreiben? Vor dem Senden sehen Sie genau, was die anderen sehen.
button-letter-question = Frage an die Kursleitung
button-letter-post = Der Leitung zeigen
button-letter-round = Der Runde zeigen
button-letter-employer = Bitte um ein Gespräch
letter-who-asks = Soll die Kursleitung Ihren Namen sehen?

    Ohne Namen weiß nur das Programm, wer fragt, damit die Antwort zu Ihnen findet. Danach ist auch das gelöscht.
button-letter-named = Mit meinem Namen
button-letter-unnamed = Ohne Namen
letter-question = Schreiben Sie Ihre Frage, höchstens { $limit } Zeichen. Die Kursleitung sieht Ihren Namen und liest Fragen einmal am Tag.

    Frage und Antwort können ohne Ihren Namen an die ganze Runde gehen.
letter-question-unnamed = Schreiben Sie Ihre Frage, höchstens { $limit } Zeichen. Die Kursleitung sieht Ihren Namen nicht und liest Fragen einmal am Tag.

    Schreiben Sie nichts, woran man Sie erkennt. Frage und Antwort können an die ganze Runde gehen.
letter-post = Schreiben Sie den Beitrag, oder fügen Sie einen Abschnitt Ihres Konzepts ein, höchstens { $limit } Zeichen. Die Kursleitung liest ihn mit Ihrem Namen.
letter-round = Schreiben Sie den Beitrag, oder fügen Sie einen Abschnitt Ihres Konzepts ein, höchstens { $limit } Zeichen. Alle in der Runde lesen ihn mit Ihrem Namen, die Kursleitung auch.
letter-employer = Was soll die Kursleitung Ihrem Arbeitgeber sagen? Schreiben Sie es, höchstens { $limit } Zeichen. Die Kursleitung liest es mit Ihrem Namen. Sie spricht nur, wenn Sie hier darum bitten.
letter-long = Bitte etwas Text, höchstens { $limit } Zeichen.
letter-preview-trainers = Das liest die Kursleitung:
letter-preview-round = Das lesen alle in der Runde:
letter-preview-change = Etwas anders? Schreiben Sie es einfach neu.
button-letter-send = Senden
button-letter-discard = Nicht senden
letter-discarded = Gut, es wird nichts gesendet.
letter-sent = ✓ Die Kursleitung liest es am { $day }. Bis dahin können Sie es zurücknehmen.
letter-enough = Mehr als { $limit } am Tag gehen nicht. Schreiben Sie morgen weiter.
letter-nobody-reads = In dieser Runde liest gerade niemand mit. Es wurde nichts gesendet.
share-sent = ✓ Die Runde liest es ab { $day }. Bis dahin können Sie es zurücknehmen.
share-enough = Einmal in der Woche können Sie der Runde etwas zeigen. Es wurde nichts gesendet.
button-take-back = Zurücknehmen
take-back-done = ✓ Zurückgenommen. Niemand hat es gelesen.
take-back-late = Dafür ist es zu spät: Es ist schon gelesen oder unterwegs.
letter-nobody = jemand aus der Runde
letter-reads-question = *Frage* ({ $from }):
    { $text }
letter-reads-post = *Beitrag* ({ $from }):
    { $text }
letter-reads-employer = *Bitte um ein Gespräch mit dem Arbeitgeber* ({ $from }):
    { $text }
letters-title = *Aus der Runde { $round }*
letters-none = Gerade wartet keine Frage.
letters-more = { $letters ->
    [one] Eine weitere kommt danach.
   *[other] { $letters } weitere kommen danach.
}
button-letters-open = Fragen
button-answer = Antworten: { $nth }
answer-ask = Ihre Antwort auf:
    { $question }

    Höchstens { $limit } Zeichen. Vor dem Senden sehen Sie sie noch einmal.
answer-preview = So liest es, wer gefragt hat:
answer-preview-all = An alle geht es ohne den Namen.
button-answer-one = Nur an die Person
button-answer-all = An alle in der Runde
answer-sent = ✓ Beantwortet.
answer-given = Das ist schon beantwortet oder zurückgenommen.
answer-came = *Sie hatten gefragt:*
    { $question }

    {""}*Die Kursleitung antwortet:*
    { $text }

## Warteliste

door-full = In der Runde *{ $round }* sind alle Plätze vergeben.
door-full-notice = Möchten Sie Bescheid bekommen, wenn einer frei wird? Dann speichere ich Ihren Vornamen, Ihre Sprache und diesen Chat, höchstens 92 Tage, und 48 Stunden lang die Nummern unserer Nachrichten. Löschen können Sie das jederzeit mit /loeschen.

    Verantwortlich: { $controller }

    Noch ist nichts gespeichert.
button-wait = Auf die Warteliste
door-waits = Sie stehen auf der Warteliste. Wird ein Platz frei, bekommen Sie hier Bescheid.
button-wait-no-more = Von der Liste, alles löschen
door-place-free = In der Runde *{ $round }* ist ein Platz für Sie frei. Er gilt { $days } Tage.
button-see-place = Platz ansehen

## Dieselben Dinge auf der Seite im Browser

board-announce = Ankündigen
board-text = Ihr Text
board-sort = Was es ist
board-at = Wann (leer: sobald es höflich ist)
board-preview = Vorschau
board-send = Senden
board-manage = Ändern
board-start = Beginn
board-places = Plätze
board-save = Speichern
board-rest = Woche ohne Lektion (Montag)
board-rest-on = Pausenwoche
board-rest-off = Pause aufheben
board-group = Adresse der Gruppe
board-meeting = Treffen planen
board-meeting-title = Titel
board-meeting-place = Ort
board-meeting-time = Beginn
board-letters = Fragen aus der Runde
board-answer = Antwort
board-answer-one = Nur an die Person
board-answer-all = An alle, ohne den Namen
board-colleagues = Kursleitung
board-remove = Entfernen
board-withdraw = Zurücknehmen
board-close = Runde abschließen
board-close-sure = Ja, die Runde abschließen
board-cancel = Absagen
board-done = Gespeichert.
board-not-done = Das ging nicht: Bitte sehen Sie die Eingaben noch einmal durch.
board-created = Die Runde ist angelegt. Unten holen Sie den Link, den Sie weitergeben.
board-people = Wer dabei ist
board-leads = Der Link für die Organisationen. Ein früherer gilt dann nicht mehr.
board-waits = { $organisation } ist startklar, die Runde läuft aber schon.
board-shift = Tandem, das noch nicht begonnen hat
board-shift-to = In diese Runde
board-start-sure = Ja, die Runde jetzt starten
board-copy = Als nächste Runde kopieren
board-programme = Programm
board-controller = Verantwortliche Stelle für die Daten
board-contact = Wer Fragen zum Datenschutz beantwortet
board-organisation = Organisation
board-seat = Platz
board-next = Weiter
board-sure = Sind Sie sicher?
board-link = Link
board-link-once = Diese Seite zeigt den Link nur dieses eine Mal. Kopieren Sie ihn jetzt.
board-seat-freed = Mit diesem Link kommt jemand Neues in das Tandem. Er gilt einmal und { $days } Tage. Geben Sie ihn nur an diese Person.
