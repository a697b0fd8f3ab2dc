"""Addresses of the account pages, under /account/."""

from django.urls import path

from kempelen.web.account import closing, passwords, tokens, views

app_name = "account"
urlpatterns = [
    path("", views.account, name="account"),
    path("login/", views.login, name="login"),
    path("reauthenticate/", views.reauthenticate, name="reauthenticate"),
    path("logout/", views.logout, name="logout"),
    path("signup/", views.signup, name="signup"),
    path("join/<str:token>/", views.join, name="join"),
    path("close/", closing.close, name="close"),
    path("tokens/", tokens.index, name="tokens"),
    path("tokens/new/", tokens.create, name="token_new"),
    path("tokens/<int:number>/revoke/", tokens.revoke, name="token_revoke"),
    path("my-data.json", closing.data, name="data"),
    path("link/<str:token>/", views.link, name="link"),
    path("password/", passwords.Change.as_view(), name="password_change"),
    path("password/reset/", passwords.reset, name="password_reset"),
    path("password/reset/sent/", passwords.sent, name="password_reset_sent"),
    path("password/reset/<uidb64>/<token>/", passwords.Confirm.as_view(), name="password_reset_confirm"),
]
