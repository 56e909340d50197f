# The tandem's list of hours.

hours-title = *Your tandem’s hours*
hours-standing =
    Week { $week }: *{ $logged }* of { $target }
    { $bar }
hours-standing-free = Week { $week }: *{ $logged }* logged. There’s no target: neither of you is there on any day.
hours-past =
    The weeks before:
    { $weeks }
hours-week = Week { $week } { $bar } { $logged } / { $target }
hours-week-free = Week { $week }: { $logged }, no target

hours-logged = ✓ *{ $minutes }* logged for { $day }.
hours-undone = Removed: { $minutes } on { $day }.
hours-which = Which tandem shall I log { $minutes } for?
hours-already = That is logged already.

## Questions at the end of the week

week-hours = The week is nearly over. Is any time missing from your list?
week-hours-late = Is any time missing from your list for last week?
hours-not-released = Noted: the time wasn’t granted. I won’t ask about hours again this week. You can still log some.

## What does not work

hours-not-positive = The time has to be more than zero, for example “15 min”.
hours-too-long = I can’t log more than 16 hours in a day. Did you mean minutes? Then write, say, “45 min”.
hours-day-full = I can’t log more than 16 hours in a day. For { $day } there are { $already } already.
hours-future = That day is still to come. Log the time afterwards, for example “45 min yesterday”.
hours-too-old = { $day } is too long ago. You can log time up to { $days } days later.

## Buttons

button-add = +{ $minutes }
button-undo = Undo
button-undo-last = Remove { $minutes }
button-other = I meant { $minutes }
button-not-released = Time wasn’t granted
