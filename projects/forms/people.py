"""The forms of accounts: Django's own, for our user."""

from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm

from projects.models import User


class NewUserForm(AdminUserCreationForm):
    """Asks for a password twice."""

    class Meta(AdminUserCreationForm.Meta):
        model = User


class UserForm(UserChangeForm):
    class Meta(UserChangeForm.Meta):
        model = User
