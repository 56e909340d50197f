# The trainers' report, in the chat and as a file. No figure below five.

report-title = *Report: { $round }*
report-subtitle = { $programme }, as of { $day } { $year }
report-section =
    {""}*{ $title }*
    { $lines }
report-line = { $label } { $value }

report-people = Who takes part?
report-people-count = People
report-tandem-count = Tandems
report-too-few = not shown below { $floor }
report-hidden = not shown
report-almost-all = almost everyone
report-nothing-yet = Nothing to show yet

report-modules = Modules (in steps of five)
report-reached = reached

report-progress = Lessons (in steps of five)
report-opened = opened
report-finished = finished

# A module card by card, once its questionnaire has closed
report-exercises = { $module }: cards and tasks (in steps of five)
report-exercises-none = Cards and tasks
report-dealt = done
report-right = right at once
report-trap = most common mistake
report-telling = tells who knows
report-unfit = does not fit
report-percent = { $share }%
report-almost-nobody = almost nobody
report-almost-none = almost none
report-tells-well = well: those who know the rest know this
report-tells-hardly = hardly
report-tells-reversed = those who know the rest get this wrong; please check the question

report-hours = Agreed hours (share of the tandems)
# Shares of all tandems
report-hours-week = Full time in week { $week }
report-not-released = Lately short, because not granted
report-not-needed = Lately short, because not needed
report-were-away = Lately short, because away
report-withdrawn = Tandems whose promise no longer holds
report-fewer = People who want fewer reminders or none

report-covers = Cover
report-covers-asked = Tandems that asked
report-covers-accepted = of these, with a yes
report-covers-open = of these, at least once without one

report-before-after = Before and after
report-before = at the start
report-asked-before = { $question } (at the start of the course)
report-after = at the end

report-compared = Compared with: { $round }
report-in-round = { $round }
report-finished-of = { $lesson }, finished

report-feedback = Feedback
# Those who recommend the course, less those who do not; a number from ten answers on only
report-net = { $score } on a scale from −100 to 100
report-net-for = mostly yes (too few for a number)
report-net-even = mixed (too few for a number)
report-net-against = mostly no (too few for a number)
report-almost-all-chose = almost everyone: { $option }
report-share = { $option } { $share }%
report-shares = { $shares }
