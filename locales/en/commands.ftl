# The command menu, and the profile that Telegram shows before the first /start.

command-start = Overview
command-lesson = Open your lesson
command-hours = See and log hours
command-away = Say when you’re away
command-cover = Who stands in for whom
command-progress = How far you are
command-concept = Your tandem’s concept
command-calendar = What’s coming up
command-settings = Language, days, time, reminders
command-pause = Quiet until you end it
command-privacy = Who sees what, your rights
command-mydata = What is stored about you
command-delete = Leave and erase everything
command-help = Help
command-rounds = Your rounds
command-report = A round’s report
command-dashboard = Dashboard in the browser
command-announce = Tell a round something
command-preview = Look at the lessons

profile-description =
    Tandem supports two colleagues who speak for their organisation online. It sends short lessons, keeps the list of the hours they were granted and asks for cover when one of them is away.

    To take part you need an invitation link. Before anything is stored, you read who sees what.
profile-short = Short lessons, hours you were granted, someone who stands in. By invitation.
