"""A report takes the day on which a milestone was reached; notices tell of decisions, editors too."""

from django.db import migrations, models

import projects.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0004_further_unit"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="reportdate",
            options={
                "ordering": ["pk"],
                "verbose_name": "date of the milestone",
                "verbose_name_plural": "dates of milestones",
            },
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_role_has_department",
        ),
        migrations.RemoveConstraint(
            model_name="reportdate",
            name="reportdate_milestone_once",
        ),
        migrations.AddField(
            model_name="reportdate",
            name="is_actual",
            field=models.BooleanField(default=False, verbose_name="reached"),
        ),
        migrations.AlterField(
            model_name="reportdate",
            name="date",
            field=projects.models.fields.FuzzyDateField(max_length=40, verbose_name="date of the milestone"),
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
                        ],
                    )
                ),
                name="notice_kind_known",
                violation_error_message="A notice is of a known kind.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("department__isnull", False), ("role", "Reporter")),
                    models.Q(("department", None), ("role__in", ["Reviewer", "Editor"])),
                    _connector="OR",
                ),
                name="notice_role_has_department",
                violation_error_message="A notice goes to reporters of a unit, reviewers or editors.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportdate",
            constraint=models.UniqueConstraint(
                fields=("report", "milestone", "scope", "is_actual"),
                name="reportdate_milestone_once",
                violation_error_message="This milestone has its date already.",
            ),
        ),
    ]
