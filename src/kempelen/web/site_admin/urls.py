"""Addresses of the administrators' pages, under /site/."""

from django.urls import path

from kempelen.web.site_admin import jobs, requesters, state, users

app_name = "site_admin"
urlpatterns = [
    path("", state.index, name="state"),
    path("mail/", state.test_mail, name="test_mail"),
    path("settings/", state.shown_settings, name="settings"),
    path("log/", state.log, name="log"),
    path("log.csv", state.log_file, name="log_file"),
    path("users/", users.index, name="users"),
    path("users/<str:username>/", users.show, name="user"),
    path("users/<str:username>/link/", users.make_link, name="user_link"),
    path("users/<str:username>/active/", users.set_active, name="user_active"),
    path("users/<str:username>/administrator/", users.set_administrator, name="user_administrator"),
    path("users/<str:username>/tokens/<int:number>/revoke/", users.revoke_token, name="user_token"),
    path("users/<str:username>/close/", users.close, name="user_close"),
    path("jobs/", jobs.index, name="jobs"),
    path("jobs/<int:pk>/again/", jobs.again, name="job_again"),
    path("jobs/<int:pk>/give-up/", jobs.give_up, name="job_give_up"),
    path("requesters/", requesters.index, name="requesters"),
    path("requesters/<slug:slug>/owner/", requesters.add_owner, name="requester_owner"),
]
