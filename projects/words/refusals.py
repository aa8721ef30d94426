"""Sentences for what is refused: claims, reports and moves; dates and sums of money as people typed them.

Each says what is wrong and what is taken instead. What is refused is decided in `rules`, as codes and values.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from projects.choices import Milestone, ReportState, Stage, ValueKind
from projects.core import fuzzy_dates
from projects.core.refusals import Fault, Refused
from projects.words import dates, figures
from projects.words.language import either

_EDTF = _("“%(text)s” is not a date: write 2024, 2024-10, 2024-10-17 or 2024-09/2024-12.")

SENTENCES = {
    "unknown_topic": _("“%(text)s” is not a topic: choose one from the list."),
    "unknown_milestone": _("“%(text)s” is not a milestone: choose one from the list."),
    "unknown_measure": _("“%(text)s” is not the code of an indicator: say what the capacity measures."),
    "measure_unwanted": _("This topic takes no measure: leave “%(text)s” out."),
    "scope_unwanted": _("A condition is that of the whole project: leave the scope “%(text)s” out."),
    "period_missing": _("Say for which year or month this is, for example 2024 or 2024-10."),
    "bad_date": _EDTF,
    "value_missing": _("Give the value; only a withdrawal has none, and it names the claim it withdraws."),
    "wrong_kind_of_value": _("This topic takes another kind of value: %(kind)s."),
    "qualifier_unwanted": _(
        "A figure takes a qualifier, a promised date “expected”, and “completed” the word"
        " “nearly”; nothing else does."
    ),
    "nearly_is_inferred": _("That something is nearly completed is inferred: say so, and from what."),
    "tbd_unwanted": _("Only a promised date can be still to be decided: give a date."),
    "method_unwanted": _("This topic takes no method: leave it empty."),
    "unknown_method": _("“%(text)s” is not a method: choose one from the list, or none."),
    "unknown_member": _("There is no project %(text)s."),
    "unknown_code": _("“%(text)s” is not one of the codes of this topic: choose one from the list."),
    "unknown_unit": _("“%(text)s” is not a unit of money: choose yuan, 万元 or 亿元."),
    "negative": _("The figure is below zero: give 0 or more."),
    "unit_missing": _("Give the unit of the figure, for example 公里 or %%."),
    "beyond_hundred": _("Progress is at most 100%%."),
    "true_before_known": _(
        "It cannot be true after it became known on %(known_on)s: give an earlier as-of date."
    ),
    "known_in_future": _("It cannot become known in the future: give today, %(today)s, or an earlier day."),
    "actual_as_of_differs": _("An actual date is true as of itself: give %(value)s as the as-of date too."),
    "corrects_nothing": _("There is no published claim “%(ref)s” to correct."),
    "corrected_already": _("“%(ref)s” has been corrected already: correct the correction."),
    "corrects_another_series": _(
        "“%(ref)s” speaks of something else: a correction keeps project, topic, measure, scope, period and"
        " method. Withdraw the wrong claim and state it anew."
    ),
    "corrected_before_known": _(
        "A correction cannot be known before what it corrects: give %(known_on)s or a later day."
    ),
    "corrects_what_is_stuck": _(
        "“%(ref)s” was published under a wrong clock and is seen by nobody before %(known_on)s:"
        " withdraw it and state the right value anew."
    ),
    "step_back_without_note": _(
        "The stage was already “%(stage)s”: say in the note why it now stands lower."
    ),
    "inferred_without_note": _("Say in the note from what this is inferred."),
    # Monthly reports: the hard checks
    "project_not_public": _("This project is not public: no report is made on it."),
    "stage_missing": _("Say at which stage the project stands."),
    "condition_missing": _("Say whether work goes on: choose the condition."),
    "figure_fell": _(
        "%(amount)s was published as of %(since)s, and a cumulative figure does not fall:"
        " if the earlier one is wrong, have it corrected first."
    ),
    "figure_above_later": _(
        "%(amount)s is published already as of the later %(since)s: give that or less,"
        " or have it corrected first."
    ),
    "year_beyond_all": _(
        "This year's investment is more than that since the start: check both, and the units."
    ),
    "amounts_disagree": _(
        "%(amount)s had been invested when the year began, so the two amounts do not fit together:"
        " leave one empty, and it is computed."
    ),
    "promise_past": _("The promised date of “%(milestone)s” is past already: give a later one."),
    "promised_before_said": _(
        "The promised date of “%(milestone)s” lies before the day on which it was said: check both dates."
    ),
    "reason_missing": _("The promised date of “%(milestone)s” has moved: choose the reason."),
    "words_missing": _("Say in words why the date of “%(milestone)s” has moved."),
    "dates_out_of_order": _("“%(milestone)s” cannot come before “%(earlier)s”: check both dates."),
    "actual_to_come": _(
        "“%(milestone)s” is reached on %(since)s at the latest, the day of this report:"
        " give that day or an earlier one."
    ),
    "reached_and_promised": _(
        "“%(milestone)s” has two dates: give the day on which it was reached or a new promised one."
    ),
    "reached_above_stage": _(
        "“%(milestone)s” was reached, and the stage is still “%(stage)s”: choose the stage that it has now."
    ),
    "pause_reason_missing": _("Say why work has stopped."),
    "end_reason_missing": _("Say why the project is deferred or ended."),
    "resumption_missing": _("Say when work is expected to go on."),
    "resumption_past": _("The day on which work was to go on is past: give a new one."),
    "pause_note_due": _("A pause is explained anew each quarter: say how it stands now."),
    "nothing_said": _(
        "Works go on: give a figure, a percentage or what was done this month. “Nothing changed” says enough"
        " only where a figure or a percentage is on record."
    ),
    # Monthly reports: the soft checks
    "actual_missing": _(
        "On which day was “%(milestone)s” reached? Give the day or the month, or say why it is not known."
    ),
    "beyond_total": _("This is more than the total investment of %(amount)s: put it right, or say why."),
    "thrice_usual": _(
        "This is more than three times a usual month, which is %(amount)s: put it right, or say why."
    ),
    "money_outstanding": _(
        "The works are finished and %(amount)s is not invested: put it right, or say why."
    ),
    "first_figure": _(
        "The first figure on record would be %(amount)s. Is the unit right? Put it right, or say why."
    ),
    "before_start": _(
        "Works have not begun (“%(stage)s”), and %(amount)s would be invested: put it right, or say why."
    ),
    "progress_below_one": _(
        "Is %(percent)s%% meant, or %(meant)s%%? Put it right, or say why it is less than one per cent."
    ),
    "unchanged_again": _(
        "The last %(count)s reports said that nothing changed, and works go on: say what was done, or why"
        " nothing."
    ),
    "progress_fell": _("Progress was %(percent)s%% before: put it right, or say why it is lower now."),
    "stage_fell": _("The stage was already “%(stage)s”: put it right, or say why it stands lower now."),
    # Rounds and problems
    "bad_month": _("“%(text)s” is not a month: write for example 2026-03."),
    "month_too_far": _("That month lies too far ahead: open this month's round, or the next."),
    "round_exists": _("There is a round for this month already."),
    "days_out_of_order": _(
        "A round opens within its month or later, and closes after that: check both days."
    ),
    "round_not_open": _("The round opens on %(since)s: report from that day on."),
    "report_exists": _("A report has been begun already: open it and submit it."),
    "clock_behind": _(
        "The server's clock says %(now)s, which is before the newest entry on record, of %(newest)s: it may"
        " be wrong, and nothing is published. Please tell the administrator to set it right or, if it is"
        " right, to run ./run manage confirm_clock."
    ),
    "clock_ahead": _(
        "The server's clock says %(now)s, and the newest entry on record is of %(newest)s: it may be wrong,"
        " and nothing is published. Please tell the administrator to set it right or, if it is right, to run"
        " ./run manage confirm_clock."
    ),
    "due_in_past": _("The day by which a problem is to be solved is past: give a later one."),
    # Photos and papers
    "file_empty": _("The file is empty: choose it again."),
    "file_unknown": _("Only photos (JPEG, PNG, WebP) and PDF papers are taken: this file is something else."),
    "file_heic": _(
        "This photo is in Apple's format HEIC, which browsers cannot show. On the iPhone choose Settings ›"
        " Camera › Formats › Most Compatible and take it again, or send a screenshot of it."
    ),
    "file_film": _(
        "This is a film. Only photos and PDF papers are taken: send a photo, or a screenshot of it."
    ),
    "file_twice": _("This file is attached already."),
    "too_many_files": _("A report holds at most %(number)s files: remove one first."),
    "files_at_once": _(
        "Too much at once: this file was not looked at. Send it again now; everything else is saved."
    ),
    "file_not_kept": _("The file could not be stored. Please try again later; everything else is saved."),
    "file_disk_full": _(
        "The file could not be stored: the server's disk is full. Everything else is saved. Please tell the"
        " administrator, and add it again once there is room."
    ),
    "file_disk_read_only": _(
        "The file could not be stored: the server's storage can only be read at the moment. Everything else"
        " is saved. Please tell the administrator, and add it again later."
    ),
    "file_disk_unreadable": _(
        "The file could not be stored: the server's storage cannot be reached at the moment. Everything else"
        " is saved. Please tell the administrator, and add it again later."
    ),
    "photo_too_large": _("A photo may have at most %(size)s: send it smaller, or as a screenshot."),
    "photo_too_many_pixels": _("The photo has more than %(pixels)s: send it smaller, or as a screenshot."),
    "photo_broken": _(
        "The photo is incomplete or damaged and cannot be read: send it again, or a screenshot."
    ),
    "paper_too_large": _("A PDF may have at most %(size)s: scan it coarser, or send only some pages."),
    "paper_broken": _("The PDF is incomplete or damaged: send it again, or print it into a new PDF."),
    "paper_locked": _("The PDF is locked with a password: print it into a new PDF without one."),
    "paper_acts": _(
        "The PDF holds a script, a form or an action that runs by itself:"
        " print it into a new PDF and send that."
    ),
    "paper_holds_files": _(
        "There are other files inside the PDF: print it into a new PDF, and send the files by themselves."
    ),
    "paper_reaches_out": _(
        "The PDF refers to files or addresses elsewhere that it opens by itself:"
        " print it into a new PDF and send that."
    ),
    "paper_too_many_pages": _("A PDF may have at most %(number)s pages: send only those that matter."),
    "paper_is_more": _("Something else hangs on the end of the PDF: print it into a new PDF and send that."),
    # Documents that sources are
    "document_unknown": _(
        "Only text, PDF and pictures (JPEG, PNG, WebP) are kept: this file is something else, or damaged."
    ),
    "text_too_large": _("A text may have at most %(size)s and %(number)s lines: keep it in parts."),
    "paper_unreadable": _("The PDF is packed in a way that cannot be checked: print it into a new PDF."),
    # Records and claims
    "address_taken": _("Another project once had this address, and it leads there for ever."),
    "correction_waits": _("A correction of this figure waits already: it is decided first."),
    "decided_already": _("%(ref)s was decided on a moment ago."),
    "entered_by_oneself": _("You entered %(ref)s yourself: a second person decides."),
    # Hiding a project
    "hiding_has_its_page": _(
        "A public project is hidden, and a hidden one shown again, on the page for hiding it: that takes a"
        " reason and a second person."
    ),
    "hiding_is_open": _("This project is hidden already, or its hiding waits for a second person."),
    "hiding_of_private": _("%(text)s is not public: there is nothing to hide."),
    "same_as_unfit": _(
        "%(text)s cannot be the one that stays: it is hidden, is to be hidden, or is the same record."
    ),
    "decided_with_hiding": _("%(text)s: what a duplicate said is decided together with its hiding."),
    "double_moved_on": _(
        "What %(text)s or the other says was changed since this was asked for: take it back, and ask again."
    ),
    "double_too_large": _("%(text)s has more than %(most)s claims: they are brought over by hand."),
    "double_withdrawal_waits": _(
        "What %(text)s said of the other record waits to be withdrawn: that is decided first."
    ),
    "reason_long": _("The reason may have %(most)s characters."),
    # Imported files
    "decided_with_its_file": _("%(ref)s came with a file, and is decided together with the file."),
    "batch_has_faults": _("In %(count)s rows something is wrong: put it right, or leave those rows out."),
    "batch_changes_nothing": _("Nothing of it is new: the record says all of this already."),
    "batch_waits": _("The same sheet of “%(text)s” waits for a second person already."),
    "batch_is_withdrawal": _("A withdrawal is not withdrawn: import the file again."),
    "project_waits": _(
        "“%(text)s” was made by another file, which waits for a second person: that one is decided first."
    ),
    "record_moved_on": _(
        "The record %(text)s was changed since: look at both values, and choose which one holds."
    ),
    "kind_missing": _("Say of which kind the new project is."),
    "name_taken": _("Another project is called “%(text)s” already."),
    "fact_unfit": _("“%(text)s” cannot stand in this column: look for a typing error."),
    "place_not_in_source": _("The source has no section and paragraph “%(text)s”: look into its outline."),
    # Moves of reports, rounds, problems and accounts
    "deactivated": _("This account has been deactivated: ask an administrator."),
    "not_yours": _("This belongs to another unit or to another role: ask the unit that answers for it."),
    "own_report": _("Nobody reviews a report of his or her own: a second reviewer does."),
    "moved_on": _("The report is “%(state)s” by now: open it again to see what can be done."),
    "note_missing": _("Say in a note what is to be changed."),
    "left_unread": _("What was typed here cannot be read: correct it, or empty the box."),
    "changed_meanwhile": _("It was changed after this page was opened: read it again, then decide."),
    "record_moved_since": _(
        "The record has changed since this report was handed in, and the report does not fit it any more:"
        " return it with a note that says what its unit is to put right or, where the record is wrong, have"
        " that corrected first. What its unit is told of it follows."
    ),
    "needs_a_look": _("Something in it asks for a look of its own: review it alone."),
    "round_closed": _("The round is closed already."),
    "round_called_off": _("The round was called off: open it again first."),
    "round_has_published": _("Reports of this round are published: it can be closed, and not called off."),
    "problem_closed": _("The problem is closed already."),
    "problem_gone": _("The problem has been taken back out of its report: nothing is left to be done."),
    "problem_answered": _("Somebody has answered it: close it with a word instead of taking it back."),
    "text_missing": _("Write a few words first."),
    # What people outside tell us, and our answers
    "tip_too_many": _(
        "From this connection %(most)s messages came within a day, and more are not taken: keep what you"
        " wrote, and send it tomorrow, or to the contact at the foot of the page."
    ),
    "tips_too_many": _(
        "More came today than we can read: keep what you wrote, and send it tomorrow, or to the contact at"
        " the foot of the page."
    ),
    "tip_closed": _("Somebody has closed it already: read what was answered."),
    "tip_verdict_missing": _("Choose what came of it."),
    "tip_answer_missing": _(
        "Answer in a few words: the asker, and everybody where that is agreed, reads them."
    ),
    "tip_answer_unwanted": _("What is about no project gets no answer: leave the words out."),
    "tip_answer_long": _("The answer may have %(most)s characters."),
    "tip_answer_personal": _(
        "The answer names a way to reach a person: leave it out, since others may read it."
    ),
    # Workbooks and tables of text
    "sheet_file_unknown": _(
        "Only workbooks (.xlsx) and tables of text (.csv) are taken: this file is something else. Open it in"
        " Excel or WPS and save it as .xlsx."
    ),
    "sheet_file_old": _(
        "This is an old or another form of workbook (.xls, .et, .xlsb, a web page): open it in Excel or WPS,"
        " choose “Save as” and the type .xlsx."
    ),
    "sheet_file_locked": _("The workbook is locked with a password: save it without one."),
    "sheet_file_macro": _("The workbook holds macros: save it as .xlsx, which has none."),
    "sheet_file_broken": _(
        "The file is incomplete or damaged: open it in Excel or WPS, save it anew as .xlsx and send that."
    ),
    "sheet_file_too_large": _("A workbook may have at most %(size)s: send it in parts, without pictures."),
    "sheet_file_unpacks": _(
        "Unpacked, a workbook may have at most %(size)s: copy the table alone into a new workbook."
    ),
    "sheet_file_unreadable": _(
        "Reading the workbook took more memory or time than it may: copy the table alone into a new workbook."
    ),
    "sheet_text_mixed": _(
        "The text is neither UTF-8 nor GB18030 throughout: open it in Excel or WPS and save it as .xlsx."
    ),
    "sheet_empty": _("Nothing stands in the workbook: choose the file again."),
    "sheet_too_wide": _(
        "The cell %(text)s lies beyond %(number)s columns: delete what stands to the right of the table."
    ),
    "sheet_too_long": _(
        "The cell %(text)s lies beyond %(number)s rows: delete what stands below the table, or send it in"
        " parts."
    ),
    "sheet_too_full": _("More than %(number)s cells are filled: send the table in parts."),
    "sheet_elements": _(
        "The workbook holds more than %(number)s cells, formats and notes: copy the table alone into a new"
        " workbook."
    ),
    "heading_missing": _(
        "No row of headings was found within the first %(number)s rows: a table needs one, with a column for"
        " the name of the project."
    ),
    "form_downwards": _(
        "In “%(text)s” the headings stand below each other with the values beside them: put them into the"
        " first row and each project into a row of its own, in Excel by copying and Paste Special, Transpose."
    ),
    "form_unclear": _(
        "In “%(text)s” labels stand beside their values, and of one value it is not clear to which label, or"
        " to which project, it belongs: put a unit into its label, and each project into a row or"
        " column of its own."
    ),
    "heading_twice": _(
        "The heading stands in row %(number)s, and row %(count)s begins another table: give each table a"
        " sheet of its own."
    ),
    "sheet_without_rows": _("Below the heading there is no row: choose another sheet or file."),
    "file_is_report_book": _(
        "This is a report book: whoever reports for the unit sends it back on the page of its month, and its"
        " rows become reports."
    ),
    "reading_broken_off": _("Reading the file broke off, and nothing of it was kept: send it again."),
    "server_busy": _("Other files are being read just now: send this one again in a minute."),
    "form_no_workbook": _(
        "Only a workbook (.xlsx) can be filled: open the form in Excel or WPS and save it as .xlsx."
    ),
    "form_protected": _(
        "The sheet “%(text)s” is protected: take its protection off in Excel or WPS, have it filled, and"
        " protect it again."
    ),
    "form_filled": _(
        "The form is not blank: in %(text)s, below the heading, something stands already. Empty these rows"
        " first."
    ),
    "form_names_nothing": _(
        "No column of the form says which project a row is about: it needs one for the name or the number."
    ),
    "form_sections_unknown": _(
        "The form is parted into sections, and no title says of which kind, stage, unit, place or funding its"
        " projects are: %(text)s. Write that into the titles, or delete them."
    ),
    "form_too_many": _("A form takes at most %(number)s projects: ask for fewer."),
    "columns_changed": _(
        "The columns are no longer those of last time. New: %(new)s. Gone: %(gone)s. Match them anew."
    ),
    "cell_error": _("The formula in this cell has failed (%(text)s): put its value there."),
    "cell_formula": _(
        "The file does not keep the value of the formula in this cell: open and save it in Excel or WPS, or"
        " put the value there."
    ),
    "cell_shared": _(
        "“%(text)s” stands over several rows, and what of it belongs to each is not said: write — to leave it"
        " out, or part it in the file."
    ),
    "cell_too_long": _("This is too long: a name may have 100 characters, a description 500."),
    "unreadable_number": _("“%(text)s” is not a number: write for example 35%%."),
    "not_whole": _("“%(text)s” is not a whole number: write for example 3."),
    "unknown_word": _("“%(text)s” is not one of the words of this column: choose what it means."),
    "unknown_project": _(
        "There is no project “%(text)s”: choose one, or leave its number empty for a new one."
    ),
    "name_unknown": _(
        "There is no project “%(text)s”: choose one, write its name as it is on record, or take it in with a"
        " sheet of projects first."
    ),
    "unknown_department": _("There is no unit “%(text)s”: choose one."),
    "unknown_place": _("There is no place “%(text)s”: choose one."),
    "statement_missing": _("Which figure or date this is, is not said: give it, or skip the row."),
    "unknown_statement": _("“%(text)s” may be none or several of the figures and dates: choose which."),
    "statement_twice": _("“%(text)s” differs from what another row says of the same: skip one of them."),
    "name_of_another": _("The number is that of another project than “%(text)s”: correct one of them."),
    "period_unfit": _(
        "“%(text)s” is not the time of this figure: write a year or a month here,"
        " and elsewhere when it was true."
    ),
    "columns_the_same": _("On “%(text)s” two columns of the row say the same: leave one of them out."),
    "unit_unfit": _("“%(text)s” is not the unit of this figure: write 元, 万元 or 亿元, or %% for progress."),
    "role_missing": _("The role of the organisation is missing: give it, or skip the row."),
    "name_missing": _("The name is missing: give it, or skip the row."),
    "name_alike": _("“%(text)s” is like a name on record: choose that project, or say that it is a new one."),
    "not_cleared_here": _("“%(text)s” empties no cell of this column: change it on the desk."),
    "nothing_to_withdraw": _(
        "No statement of its own stands behind this value, it follows from a date: withdraw the date instead."
    ),
    "organisation_twice": _("“%(text)s” stands in an earlier row already: skip one of them."),
    "organisation_taken": _("Another organisation has “%(text)s” already."),
    "project_twice": _("“%(text)s” stands in an earlier row already: skip one of them."),
    "promised_or_actual": _(
        "Whether “%(text)s” is promised or has come true cannot be told: write for example 计划2027年6月, or"
        " 2025-03 for what is past."
    ),
    "actual_beyond_stage": _(
        "“%(text)s” is past, and the stage in this row has not come so far: write for example 计划2026年10月"
        " where it is planned, or 已于2026年10月 where it has come true."
    ),
    "years_in_doubt": _(
        "Whether the start or the end in “%(text)s” is planned or has come true cannot be told: write for"
        " example 计划2026-2028, 已于2026年1月-2028, or 已于2021年-已于2023年 where it is complete."
    ),
    "unreadable_years": _(
        "“%(text)s” is not a start and an end: write both with their years, for example 2024-2027 or"
        " 2024年3月至2027年底."
    ),
    # Dates as they are typed
    "unreadable_date": _("“%(text)s” cannot be read as a date: write for example %(examples)s."),
    "no_such_day": _("There is no such day as “%(text)s”: write for example %(examples)s."),
    "year_out_of_range": _(
        "The year of “%(text)s” is out of range: write 1900 to 2200, for example %(examples)s."
    ),
    "reversed": _("“%(text)s” ends before it begins: put the earlier date first, as in 2024-09/2024-12."),
    "lies_after": _(
        "“%(text)s” lies wholly after the day it became known: give an earlier date, or a promised one."
    ),
    "ambiguous": _(
        "“%(text)s” can be read in two ways: write 2025年底前 or 2024年底前 for 2025年前, 2021-01 for 2021.1."
    ),
    "no_beginning": _("“%(text)s” was already past when it was said: give both ends, as in 2021-01/2021-06."),
    # Sums of money as they are typed
    "unreadable_sum": _("“%(text)s” cannot be read as a sum of money: write for example %(examples)s."),
    "no_unit": _("“%(text)s” names no unit: write 元, 万元 or 亿元 after it, as in 300万元."),
    "fraction_of_yuan": _("“%(text)s” is not a whole number of yuan: write for example %(examples)s."),
    "negative_sum": _("“%(text)s” is below zero: write 0 or more, for example %(examples)s."),
    "too_large": _(
        "“%(text)s” is too large: at most 15 digits of yuan. Check the unit, for example %(examples)s."
    ),
}


# What may be written instead, where the field that was typed in names no example of its own.
EXAMPLES = {
    "unreadable_date": ("2024年10月17日", "2024-10", "2025年底前"),
    "no_such_day": ("2024-10-17",),
    "year_out_of_range": ("2024",),
    "unreadable_sum": ("99.56亿元", "约300万元"),
    "fraction_of_yuan": ("12345元",),
    "negative_sum": ("300万元",),
    "too_large": ("40亿元",),
}


def sentence(fault: Fault, examples: Iterable[str] = ()) -> str:
    """What is wrong, and what is taken instead; `examples` are those of the field."""
    values = {name: _shown(name, text) for name, text in fault.values.items()}
    if fault.code in EXAMPLES:
        values["examples"] = either("、", ", ").join(examples or EXAMPLES[fault.code])
    return SENTENCES[fault.code] % values


def in_words(refused: Refused, examples: Iterable[str] = ()) -> str:
    """All that is wrong."""
    return either("", " ").join(sentence(fault, examples) for fault in refused.faults)


def in_english(refused: Refused) -> str:
    """For commands, which speak English."""
    with override("en"):
        return in_words(refused)


def _shown(name: str, text: str) -> str:
    """A value as people write it; what was typed stays as it was typed."""
    match name:
        case "known_on" | "today" | "since":
            return dates.day(date.fromisoformat(text))
        case "now" | "newest":
            return dates.day(timezone.localdate(datetime.fromisoformat(text)))
        case "value":
            return dates.words(fuzzy_dates.parse(text))
        case "stage":
            return str(Stage(text).label)
        case "state":
            return str(ReportState(text).label)
        case "milestone" | "earlier":
            return str(Milestone(text).label)
        case "amount":
            return figures.total(int(text))
        case "size":
            return f"{int(text) // 2**20} MB"
        case "pixels":
            return figures.number(Decimal(int(text) // 10**4), "万像素")
        case "kind":
            return str(ValueKind(text).label)
    return text
