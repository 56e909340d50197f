# Die Übersicht im Browser, für Trainerinnen und Trainer.

dashboard-link =
    Hier geht es zu Ihrer Übersicht:
    { $link }
dashboard-link-once = Der Link gilt 15 Minuten und nur einmal. Geben Sie ihn nicht weiter: Er meldet an, wer ihn öffnet.
dashboard-no-address = Für diese Installation ist keine öffentliche Adresse eingerichtet. Den Bericht lesen Sie hier im Chat; als Datei bekommen Sie ihn von der Person, die Tandem betreibt.
button-dashboard = Übersicht im Browser

board-title = Übersicht für Trainerinnen und Trainer
board-knock = Mit dem Knopf melden Sie sich in diesem Browser an. Der Link gilt nur einmal.
board-enter = Anmelden
board-over = Dieser Link gilt nicht mehr. Schreiben Sie im Chat /uebersicht, dann kommt ein neuer.
board-outside = Sie sind nicht angemeldet. Schreiben Sie im Chat /uebersicht, dann kommt ein Link.
board-nothing = Diese Seite gibt es nicht.
board-leave = Abmelden
board-languages = Sprache
board-skip = Zum Inhalt
board-rounds = Ihre Runden
board-no-rounds = Sie haben noch keine Runde. Legen Sie hier eine an.
board-readiness = Wer ist startklar?
board-ready = { $ready } von { $all } Tandems haben alles beisammen; { $places } Plätze.
board-what = Was
board-figure = Wert
board-download = Als Datei
board-as-table = Als Tabelle
