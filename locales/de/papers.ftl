# Dateien zum Mitnehmen: der Link, die Seite dahinter, und was in den Dateien steht.

button-download = Als Datei
paper-link =
    Hier holen Sie die Datei ab:
    { $link }
paper-link-once = Der Link gilt 15 Minuten und nur einmal. Er ist nur für Sie: Wer ihn öffnet, bekommt die Datei.

## Die Seite hinter dem Link

paper-page = Die Datei gibt es einmal. Brauchen Sie sie später noch einmal, holen Sie sich im Chat einen neuen Link.
paper-page-concept = Ihr Konzept
paper-page-data = Ihre Daten
paper-page-licence = Ihre Lizenz
paper-over-title = Hier ist nichts mehr
paper-over = Dieser Link gilt nicht mehr. Im Chat bekommen Sie einen neuen.
button-form-pdf = Als PDF
button-form-docx = Als Word-Datei
button-form-md = Als Textdatei (Markdown)
button-form-zip = Als ZIP-Datei

## Namen von Dateien: nur Buchstaben ohne Umlaute, Ziffern und Bindestriche

file-concept = konzept
file-data = meine-daten
file-licence = lizenz

# Ein Tag mit Jahr. $day 1 bis 31, $month 1 bis 12
full-day = { $day }. { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
} { $year }

## Das Konzept als Datei

concept-paper-title = Unser Social-Media-Konzept
concept-paper-open = Noch offen.
concept-paper-declined = Passt nicht zu uns, mit Begründung.
paper-as-of = Stand: { $day }

## Meine Daten

mine-correct =
    {""}*Stimmt etwas nicht?* Stunden ändern Sie unter /stunden, Abwesenheiten unter /weg, Sprache und Tage unter /einstellungen, Texte für das Konzept unter /konzept. Ihren Namen ändern Sie hier mit dem Knopf.
mine-ask-operator = Alles als Datei bekommen Sie auf Wunsch von der Stelle, die Tandem betreibt.
button-rename = Name ändern
rename-ask = Unter welchem Namen sollen andere Sie sehen? Schreiben Sie ihn einfach.
name-long = Bitte einen Namen schreiben, höchstens { $limit } Zeichen.
renamed = ✓ Ab jetzt stehen Sie hier als { $name }.

## In der Datei mit allen Daten

export-readme = LIESMICH.txt
export-intro =
    Das ist alles, was Tandem am { $day } über Sie gespeichert hat.

    Dasselbe steht zweimal da: in tandem.json für Programme, und als eine Tabelle je Thema im Ordner csv. Zeiten sind Weltzeit (UTC). Kennungen sind Zufallszeichen.

    Über andere Personen steht hier nichts. Summen, die Sie beide betreffen, sehen Sie im Chat unter /stunden.
export-person = Ihr Name, Ihre Sprache, Ihre Einstellungen
export-chat = Die Telegram-Nummer Ihres Chats
export-desk = Was Sie als Kursleitung gerade eingeben
export-rounds = Runden, die Sie leiten
export-seats = Ihr Platz im Tandem, Ihr Stand im Kurs, Ihr Abschlusstest, Ihre Lizenz
export-tandems = Ihr Tandem: Organisation und Zusage
export-hours = Stunden, die Sie eingetragen haben
export-hours-changed = Ihre Berichtigungen der Stundenliste
export-absences = Ihre Abwesenheiten, ohne Gründe
export-covers = Was aus der Vertretung für Sie wurde
export-standing-in = Wofür Sie um Vertretung gebeten wurden
export-asked-to-help = Anfragen anderer Tandems an Sie
export-answers = Ihre Antworten und Texte
export-feedback = Ihre Rückmeldungen, die noch zu Ihnen gehören
export-milestones = Welche Lektionen kamen, geöffnet und geschafft wurden, und welche Karten gelesen sind
export-repeats = Fragen, die noch einmal kommen
export-messages = Nachrichten an Sie: Art und Zeiten; die Worte stehen in Ihrem Chat
export-messages-in-the-chat = Nummern der Nachrichten der letzten 48 Stunden in diesem Chat
export-screens = Welche Nachricht im Chat gerade aufgefrischt wird
export-calendar-link = Seit wann es Ihren Kalender-Link gibt
export-calendar-events = Was Ihr Kalender zuletzt gezeigt hat
export-sessions = Wo Sie in der Übersicht angemeldet sind, und bis wann
export-download-links = Links zu Dateien, die noch gelten
export-dashboard-links = Links zur Übersicht, die noch gelten
export-deeds = Was Sie als Kursleitung getan haben
export-licence-codes = Ob Ihre Lizenz sich prüfen lässt
export-asked-trainers = Ihre Bitten an die Kursleitung
export-announcements = Was Sie einer Runde gesagt oder gezeigt haben
export-round-messages = Mitteilungen an Ihre Runde, die für Sie waren
export-letters = Ihre Fragen, Beiträge und Bitten, bis zur Antwort
export-waiting = Wartelisten, auf denen Sie stehen
export-contact-of = Tandems, deren Ansprechstelle Sie sind
