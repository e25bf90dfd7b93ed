"""The forms of accounts."""

from wtforms import EmailField, PasswordField

from permille.foundation.forms import Form, is_address, said
from permille.foundation.languages import _l


class SignInForm(Form):
    """An address and, for those who have one, a password."""

    email = EmailField(_l("Your e-mail address"), validators=[said(_l("Enter your e-mail address.")), is_address])
    password = PasswordField(_l("Your password"))
