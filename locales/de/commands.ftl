# Das Befehlsmenü und das Profil, das Telegram vor dem ersten /start zeigt.

command-start = Übersicht
command-lesson = Lektion öffnen
command-hours = Stunden ansehen und eintragen
command-away = Abwesenheit melden
command-cover = Wer wen vertritt
command-progress = Wie weit Sie sind
command-concept = Konzept Ihres Tandems
command-calendar = Was ansteht
command-settings = Sprache, Tage, Uhrzeit, Erinnerungen
command-pause = Ruhe, bis Sie sie beenden
command-privacy = Wer was sieht, Ihre Rechte
command-mydata = Was über Sie gespeichert ist
command-delete = Gehen und alles löschen
command-help = Hilfe
command-rounds = Ihre Runden
command-report = Bericht zu einer Runde
command-dashboard = Übersicht im Browser
command-announce = Einer Runde etwas mitteilen
command-preview = Lektionen ansehen

profile-description =
    Tandem begleitet zwei Kolleginnen oder Kollegen, die online für ihre Organisation sprechen: Es schickt kurze Lektionen, führt die Liste der zugesagten Stunden und fragt nach Vertretung, wenn jemand weg ist.

    Zum Mitmachen brauchen Sie einen Einladungslink. Bevor etwas gespeichert wird, lesen Sie, wer was sieht.
profile-short = Kurze Lektionen, zugesagte Stunden, gegenseitige Vertretung. Mit Einladungslink.
