"""Whoever sent a file is told what was decided on it; reviewers and editors are told of overdue tips."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0007_quarterly_reports_and_order_of_files"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_kind_known",
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "round_opened",
                            "round_closing",
                            "round_closed",
                            "no_unit",
                            "report_returned",
                            "reports_waiting",
                            "pause_renewal",
                            "promise_near",
                            "promise_passed",
                            "problem_assigned",
                            "problem_due",
                            "problem_overdue",
                            "reports_approved",
                            "entries_decided",
                            "file_approved",
                            "file_refused",
                            "file_withdrawn",
                            "tips_overdue",
                        ],
                    )
                ),
                name="notice_kind_known",
                violation_error_message="A notice is of a known kind.",
            ),
        ),
    ]
