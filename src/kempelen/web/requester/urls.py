"""The requester's pages; the requester itself is always in the URL."""

from django.urls import path

from kempelen.web.requester import (
    access_keys,
    batches,
    choose,
    conversation,
    downloads,
    editor,
    files,
    groups,
    in_task,
    members,
    notifications,
    progress,
    project_edit,
    projects,
    publish,
    results,
    review,
)

app_name = "requester"

_PROJECT = "<slug:slug>/projects/<int:number>/"
_BATCH = "<slug:slug>/batches/<int:number>/"
_GROUP = "<slug:slug>/groups/<slug:group_id>/"

urlpatterns = [
    path("", choose.index, name="index"),
    path("<slug:slug>/", projects.home, name="home"),
    path("<slug:slug>/projects/", projects.index, name="projects"),
    path("<slug:slug>/projects/new/", project_edit.new, name="project_new"),
    path("<slug:slug>/projects/check/", editor.check, name="project_check"),
    path(_PROJECT, projects.show, name="project"),
    path(f"{_PROJECT}edit/", project_edit.edit, name="project_edit"),
    path(f"{_PROJECT}archive/", projects.archive, name="project_archive"),
    path(f"{_PROJECT}versions/<int:version>/", projects.version, name="project_version"),
    path(f"{_PROJECT}publish/", publish.upload, name="batch_new"),
    path("<slug:slug>/access-keys/", access_keys.index, name="access_keys"),
    path("<slug:slug>/access-keys/<str:key_id>/revoke/", access_keys.revoke, name="access_key_revoke"),
    path("<slug:slug>/members/", members.index, name="members"),
    path("<slug:slug>/members/invite/", members.invite, name="member_invite"),
    path("<slug:slug>/members/leave/", members.leave, name="leave"),
    path("<slug:slug>/members/rename/", members.rename, name="rename"),
    path("<slug:slug>/members/<str:username>/role/", members.change_role, name="member_role"),
    path("<slug:slug>/members/<str:username>/remove/", members.remove, name="member_remove"),
    path(
        "<slug:slug>/members/invitations/<slug:digest>/revoke/",
        members.revoke_invitation,
        name="invitation_revoke",
    ),
    path("<slug:slug>/notifications/", notifications.index, name="notifications"),
    path("<slug:slug>/batches/", batches.index, name="batches"),
    path(_BATCH, batches.show, name="batch"),
    path(f"{_BATCH}publish/", publish.publish, name="batch_publish"),
    path(f"{_BATCH}discard/", publish.discard, name="batch_discard"),
    path(f"{_BATCH}progress/", progress.poll, name="batch_progress"),
    path(f"{_BATCH}pause/", batches.pause, name="batch_pause"),
    path(f"{_BATCH}resume/", batches.resume, name="batch_resume"),
    path(f"{_BATCH}cancel/", batches.cancel, name="batch_cancel"),
    path(f"{_BATCH}results/", results.index, name="batch_results"),
    path(f"{_BATCH}messages/", conversation.index, name="batch_messages"),
    path(f"{_BATCH}messages/<str:message_id>/reply/", conversation.reply, name="message_reply"),
    path(f"{_BATCH}results.<slug:form>", downloads.download, name="batch_download"),
    path(f"{_BATCH}files.zip", files.archive, name="batch_files"),
    path(f"{_BATCH}results/<str:assignment_id>/", in_task.show, name="assignment"),
    path(f"{_BATCH}results/<str:assignment_id>/approve/", review.approve, name="assignment_approve"),
    path(f"{_BATCH}results/<str:assignment_id>/reject/", review.reject, name="assignment_reject"),
    path("<slug:slug>/files/<slug:file_id>/", files.download, name="file"),
    path("<slug:slug>/groups/", groups.index, name="groups"),
    path(_GROUP, groups.show, name="group"),
    path(f"{_GROUP}results/", results.index, name="group_results"),
    path(f"{_GROUP}messages/", conversation.index, name="group_messages"),
    path(f"{_GROUP}messages/<str:message_id>/reply/", conversation.reply, name="group_message_reply"),
    path(f"{_GROUP}results.<slug:form>", downloads.download, name="group_download"),
    path(f"{_GROUP}files.zip", files.archive, name="group_files"),
    path(f"{_GROUP}results/<str:assignment_id>/", in_task.show, name="group_assignment"),
    path(f"{_GROUP}results/<str:assignment_id>/approve/", review.approve, name="group_assignment_approve"),
    path(f"{_GROUP}results/<str:assignment_id>/reject/", review.reject, name="group_assignment_reject"),
]
