# The picture of the hours, and the same in words below it.

button-picture = Picture
button-picture-light = Light background
button-picture-dark = Dark background
button-hours = Hours
picture-title = *Your hours as a tandem*
# Stands in the picture too
picture-week = Week { $week }: { $logged } of { $target }
picture-week-free = Week { $week }: { $logged }, no target
picture-day = { $day } { $minutes }
picture-days = This week: { $days }
picture-weeks =
    Before:
    { $weeks }

## Only in the picture

# $total how many weeks there are to be seen
picture-last = { $total ->
    [1] This week
   *[other] Weeks { $first } to { $last }
}
picture-legend = Target of the week
