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

report-progress = Lessons
report-opened = opened
report-finished = finished

report-hours = Agreed hours
report-hours-week = Tandems that had their full time in week { $week }

report-covers = Cover
report-covers-asked = Tandems that asked
report-covers-accepted = of these, with a yes
report-covers-open = of these, at least once without one

report-feedback = Feedback
report-almost-all-chose = almost everyone: { $option }
report-share = { $option } { $share }%
report-shares = { $shares }
