# The calendar for other programs: the link in the chat, and the entries as the calendar program shows them.

button-feed-new = Subscribe to calendar
button-feed-renew = New link
button-feed-off = Switch off
calendar-feed-on = Your calendar can be subscribed to by a secret link. I cannot show it again, only make a new one.
# $link the address
calendar-feed-link = *Your calendar link*

    { $link }
calendar-feed-how = Put it into your calendar program where calendars from the internet can be subscribed to. If the program wants an address that begins with webcal, replace https at its beginning by webcal.
calendar-feed-secret = The link is secret: whoever has it sees your absences, covers and lessons. I show it only this once. “New link” ends the old one at once.
calendar-feed-off = The link is switched off and dead from now on. What your calendar program has already loaded, please delete there.
mine-feed = There is a secret link to your calendar. Only a checksum of it is stored.

## Entries in the calendar program

feed-name = Tandem
feed-away = Away
feed-cover = Standing in for { $name }
feed-cover-somebody = Standing in
feed-lesson = Lesson: { $title }
feed-starts = Course begins: { $title }
feed-ends = Course ends: { $title }
