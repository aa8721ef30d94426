"""Accounts with their further units, and roles; a role's rights are `core.roles`, read only.

Only administrators come here.
"""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import DateField
from django.forms import CheckboxSelectMultiple, DateInput
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from projects.accounts import users
from projects.accounts.second_factor import with_second_factor
from projects.accounts.user_forms import GivenPasswordForm, NewUserForm, UserForm
from projects.accounts.users import FurtherUnits
from projects.audit.data_version import locked_version
from projects.choices import Role
from projects.core.numbers import whole
from projects.editing.account_help import Helping
from projects.editing.confirmation import confirmed
from projects.editing.record_admin import Audited, OwnRows, ReadOnly
from projects.editing.site import site
from projects.models import FurtherUnit, User
from projects.pages.form_fields import RowsField
from projects.words.language import either

VERBS = {"view": _("view"), "add": _("add"), "change": _("change"), "delete": _("delete")}


class RolesField(RowsField):
    def label_from_instance(self, obj):
        return _role(obj)


class FurtherUnitRows(OwnRows):
    """Set by who may set the unit of an account: whoever goes on leave names nobody."""

    model = FurtherUnit
    fk_name = "user"
    fields = ["department", ("first_on", "last_on"), "reason", "set_by"]
    readonly_fields = ["set_by"]
    autocomplete_fields = ["department"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, DateField):
            kwargs["widget"] = DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class RoleFilter(admin.RelatedFieldListFilter):
    def field_choices(self, field, request, model_admin):
        return [(group.pk, _role(group)) for group in Group.objects.order_by("pk")]


class ActiveFilter(admin.BooleanFieldListFilter):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = _("may sign in")


@admin.register(User, site=site)
class UserAdmin(Helping, Audited, StockUserAdmin):
    """An account is deactivated, never deleted: what its owner did stays on record."""

    change_form_template = "admin/projects/user_form.html"
    form = UserForm
    add_form = NewUserForm
    change_password_form = GivenPasswordForm
    add_form_template = "admin/projects/user_add_form.html"
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email", "department"]}),
        (_("Rights"), {"fields": ["is_active", "groups", "is_superuser"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2"]}),
        (_("Rights"), {"fields": ["department", "groups"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    list_display = [
        "username",
        "department",
        "role_names",
        "may_sign_in",
        "is_superuser",
        "has_second_factor",
        "last_login",
    ]
    list_filter = [("groups", RoleFilter), ("is_active", ActiveFilter), "is_superuser"]
    list_select_related = ["department"]
    search_fields = ["username", "first_name", "last_name", "department__name"]
    autocomplete_fields = ["department"]
    inlines = [FurtherUnitRows]
    actions = None

    def get_inlines(self, request, obj):
        return super().get_inlines(request, obj) if obj else []

    def get_queryset(self, request):
        return with_second_factor(super().get_queryset(request)).prefetch_related("groups")

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs |= {"widget": CheckboxSelectMultiple, "queryset": Group.objects.order_by("pk")}
            kwargs |= {"form_class": RolesField, "help_text": ""}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_delete_permission(self, request, obj=None):
        return False

    @confirmed
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        return super().changeform_view(request, object_id, form_url, extra_context)

    def response_add(self, request, obj, post_url_continue=None):
        """Whoever is to set a password needs the link next; name and unit can wait."""
        if obj.has_usable_password() or "_addanother" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        self.message_user(
            request, _("The account %(name)s is made: now its owner needs a link.") % {"name": obj}
        )
        return redirect("admin:projects_user_link", obj.pk)

    def save_model(self, request, obj, form, change):
        """With the roles, in `save_related`."""

    def save_related(self, request, form, formsets, change):
        roles = form.cleaned_data.get("groups")
        rows = FurtherUnits(*_rows_of(formsets))
        users.save_user(form.instance, by=request.user, at=timezone.now(), roles=roles, further_units=rows)

    @confirmed
    def user_change_password(self, request, id, form_url=""):
        """Stock, with an entry in the audit where it was set."""
        if whole(str(id)) is None:
            raise Http404
        with transaction.atomic():
            locked_version()
            rows = User.objects.select_for_update(of=["self"]).filter(pk=id)  # stock reads it once more
            before = rows.values_list("password", flat=True).first()
            response = super().user_change_password(request, id, form_url)
            user = User.objects.filter(pk=id).first()
            if user and user.password != before:
                users.note_password(user, by=request.user, at=timezone.now())
        return response

    @admin.display(description=_("may sign in"), boolean=True, ordering="is_active")
    def may_sign_in(self, user):
        return user.is_active

    @admin.display(description=_("second factor"), boolean=True)
    def has_second_factor(self, user):
        return user.has_second_factor

    @admin.display(description=_("roles"))
    def role_names(self, user):
        return either("、", ", ").join(_role(group) for group in user.groups.all())


@admin.register(Group, site=site)
class RoleAdmin(ReadOnly):
    change_list_template = "admin/projects/change_list.html"
    change_form_template = "admin/projects/change_form.html"
    fields = ["label", "rights"]
    list_display = ["label", "people"]
    list_display_links = ["label"]
    search_fields = ["name"]
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("user_set").order_by("pk")

    def get_object(self, request, object_id, from_field=None):
        """The role under its label, which titles show too; it is never saved from here."""
        if group := super().get_object(request, object_id, from_field):
            group.name = _role(group)
        return group

    @admin.display(description=_("role"), ordering="name")
    def label(self, group):
        return _role(group)

    @admin.display(description=_("people"))
    def people(self, group):
        return len(group.user_set.all())

    @admin.display(description=_("rights"))
    def rights(self, group):
        names = group.permissions.select_related("content_type").order_by("content_type__model", "codename")
        return either("、", ", ").join(map(_right, names)) or _("none here")


def _rows_of(formsets) -> tuple[list[FurtherUnit], list[FurtherUnit]]:
    """The further units of a posted form, unsaved: those to be saved, and those to be taken away."""
    saved = [row for formset in formsets for row in formset.save(commit=False)]
    return saved, [row for formset in formsets for row in formset.deleted_objects]


def _role(group: Group) -> str:
    return str(Role(group.name).label) if group.name in Role.values else group.name


def _right(permission) -> str:
    verb, _mark, _model = permission.codename.partition("_")
    model = permission.content_type.model_class()
    return f"{VERBS[verb]} {model._meta.verbose_name}" if model and verb in VERBS else permission.codename
