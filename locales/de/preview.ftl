# Die Vorschau: Lektionen ansehen, wie Teilnehmende sie sehen.

preview-programmes = Welchen Kurs möchten Sie ansehen?
preview-modules = *Vorschau*

    Sie sehen die Lektionen wie Ihre Teilnehmenden. Nichts davon wird gespeichert, und niemand bekommt etwas geschickt. Welche Woche möchten Sie ansehen?
button-preview = Vorschau
button-preview-list = { $nth }/{ $of } · Übersicht

## Die Seite von „tandem preview“

demo-preview-title = Vorschau
demo-preview-lesson = Lektion
demo-preview-languages = Sprachen
demo-preview-hint = Speichern Sie eine Datei, und die Telefone zeigen sie. Tippen Sie auf einen Schritt, um dorthin zu springen.
demo-preview-built-in = Das sind die eingebauten Lektionen. Ihre eigenen sehen Sie, wenn Sie die Vorschau in deren Ordner starten.
demo-preview-taken = Neu geladen um
demo-preview-refused = Das lässt sich so nicht übernehmen. Die Telefone zeigen den Stand davor.
demo-preview-source = Quelle
demo-preview-live = Übersetzung
demo-preview-draft = Entwurf
