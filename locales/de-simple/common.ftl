# Deutsch in Einfacher Sprache. Noch ein Entwurf: Solange Texte fehlen, kommen alle aus de.
language-status = draft
language-name = Einfache Sprache
