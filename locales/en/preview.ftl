# The preview: looking at lessons as participants see them.

preview-programmes = Which course would you like to look at?
preview-modules = *Preview*

    You see the lessons as your participants do. Nothing is stored, and nobody is sent anything. Which week would you like to look at?
button-preview = Preview
button-preview-list = { $nth }/{ $of } · Contents

## The page of “tandem preview”

demo-preview-title = Preview
demo-preview-lesson = Lesson
demo-preview-languages = Languages
demo-preview-hint = Save a file, and the phones show it. Tap a step to jump there.
demo-preview-built-in = These are the built-in lessons. You see your own when you start the preview in their folder.
demo-preview-taken = Read anew at
demo-preview-refused = This cannot be taken as it is. The phones show how it was before.
demo-preview-source = Source
demo-preview-live = Translation
demo-preview-draft = Draft
