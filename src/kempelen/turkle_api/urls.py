"""Addresses of the API, below `/api` and `/r/SLUG/api`."""

from typing import Any

from django.urls import URLPattern, re_path

from kempelen.turkle_api.batches import Batches
from kempelen.turkle_api.groups import Groups
from kempelen.turkle_api.projects import Projects
from kempelen.turkle_api.root import Root, schema
from kempelen.turkle_api.users import Users

_PK = r"(?P<pk>[0-9]{1,19})"
_PERMISSIONS: Any = {"get": "permissions", "post": "add_permissions", "put": "replace_permissions"}
_ONE: Any = {"get": "retrieve", "put": "update", "patch": "partial_update"}

urlpatterns: list[URLPattern] = [
    re_path(r"^$", Root.as_view(), name="root"),
    re_path(r"^schema/$", schema, name="schema"),
    re_path(r"^users/$", Users.as_view({"get": "list", "post": "create"}), name="users"),
    re_path(rf"^users/{_PK}/$", Users.as_view(_ONE), name="user"),
    re_path(
        r"^users/username/(?P<username>[^/]{1,150})/$", Users.as_view({"get": "by_username"}), name="username"
    ),
    re_path(r"^groups/$", Groups.as_view({"get": "list", "post": "create"}), name="groups"),
    re_path(rf"^groups/{_PK}/$", Groups.as_view({"get": "retrieve"}), name="group"),
    re_path(r"^groups/name/(?P<name>[^/]{1,100})/$", Groups.as_view({"get": "by_name"}), name="group_name"),
    re_path(rf"^groups/{_PK}/users/$", Groups.as_view({"post": "add_users"}), name="group_users"),
    re_path(r"^projects/$", Projects.as_view({"get": "list", "post": "create"}), name="projects"),
    re_path(rf"^projects/{_PK}/$", Projects.as_view(_ONE), name="project"),
    re_path(rf"^projects/{_PK}/batches/$", Projects.as_view({"get": "batches"}), name="project_batches"),
    re_path(rf"^projects/{_PK}/permissions/$", Projects.as_view(_PERMISSIONS), name="project_permissions"),
    re_path(r"^batches/$", Batches.as_view({"get": "list", "post": "create"}), name="batches"),
    re_path(
        rf"^batches/{_PK}/$", Batches.as_view({"get": "retrieve", "patch": "partial_update"}), name="batch"
    ),
    re_path(rf"^batches/{_PK}/tasks/$", Batches.as_view({"post": "add_tasks"}), name="batch_tasks"),
    re_path(rf"^batches/{_PK}/input/$", Batches.as_view({"get": "input"}), name="batch_input"),
    re_path(rf"^batches/{_PK}/results/$", Batches.as_view({"get": "results"}), name="batch_results"),
    re_path(rf"^batches/{_PK}/progress/$", Batches.as_view({"get": "progress"}), name="batch_progress"),
    re_path(rf"^batches/{_PK}/permissions/$", Batches.as_view(_PERMISSIONS), name="batch_permissions"),
]
