# Files to take along: the link, the page behind it, and what is in the files.

button-download = As a file
paper-link =
    Get your file here:
    { $link }
paper-link-once = The link holds for 15 minutes and works once. Keep it to yourself: whoever opens it gets the file.

## The page behind the link

paper-page = You can get this file once. If you need it again later, ask for a new link in the chat.
paper-page-concept = Your concept
paper-page-data = Your data
paper-page-licence = Your licence
paper-over-title = Nothing here any more
paper-over = This link is over. You can get a new one in the chat.
button-form-pdf = As PDF
button-form-docx = As Word file
button-form-md = As text file (Markdown)
button-form-zip = As ZIP file

## Names of files: plain letters, digits and hyphens only

file-concept = concept
file-data = my-data
file-licence = licence

# A day with its year. $day 1 to 31, $month 1 to 12
full-day = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }

## The concept as a file

concept-paper-title = Our social media concept
concept-paper-open = Still open.
concept-paper-declined = Does not fit us, with a reason.
paper-as-of = As of { $day }

## My data

mine-correct =
    {""}*Something wrong?* Change hours under /hours, absences under /away, language and days under /settings, texts for the concept under /concept. The button below changes your name.
mine-ask-operator = If you want all of it as a file, ask the office that runs Tandem.
button-rename = Change name
rename-ask = Under which name should others see you? Just write it.
name-long = Please write a name of at most { $limit } characters.
renamed = ✓ From now on you appear here as { $name }.

## In the file with all data

export-readme = README.txt
export-intro =
    This is all that Tandem had stored about you on { $day }.

    It is there twice: in tandem.json for programs, and as one table for each subject in the folder csv. Times are UTC. Ids are random characters.

    Nothing in here is about other people. Sums that concern the two of you are in the chat, under /hours.
export-person = Your name, your language, your settings
export-chat = Telegram’s number of your chat
export-desk = What you are typing in as a trainer
export-rounds = Rounds that you run
export-seats = Your place in the tandem, how far you are in the course, your closing test, your licence
export-tandems = Your tandem: organisation and promise
export-hours = Hours that you logged
export-hours-changed = Your corrections in the list of hours
export-absences = Your absences, without reasons
export-covers = What became of the cover for you
export-standing-in = What you were asked to stand in for
export-asked-to-help = Requests from other tandems to you
export-answers = Your answers and texts
export-feedback = Your feedback, as far as it still belongs to you
export-milestones = Which lessons came, were opened and finished, and which cards were read
export-repeats = Questions that come again
export-messages = Messages to you: kind and times; the words are in your chat
export-messages-in-the-chat = Numbers of the messages of the last 48 hours in this chat
export-screens = Which message in the chat is being kept up to date
export-calendar-link = Since when you have had a calendar link
export-calendar-events = What your calendar showed last
export-sessions = Where you are logged in to the dashboard, and until when
export-download-links = Links to files that still hold
export-dashboard-links = Links to the dashboard that still hold
export-deeds = What you did as a trainer
export-licence-codes = Whether your licence can be checked
export-asked-trainers = Your requests to trainers
export-announcements = What you told or showed a round
export-round-messages = Messages to your round that were for you
export-letters = Your questions, posts and requests, until they are answered
export-waiting = Waiting lists that you are on
export-contact-of = Tandems that you are the contact of
