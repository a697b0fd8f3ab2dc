"""Where Kempelen answers otherwise than Mechanical Turk did, on purpose, and why."""

EVERYWHERE = (
    "Nothing is indexed late: what one call made, the next one sees. Mechanical Turk's lists lagged by "
    "seconds, and some calls were refused in the first seconds of a HIT's life.",
    "Money is recorded and never moved: no call is refused for lack of funds, and there is no fee.",
    "Nothing is forgotten by age, as old HITs were by Mechanical Turk.",
    "Access keys have the role of their member (see [access keys](../how-to/api.md#access-keys)); there "
    "is no IAM and there are no session tokens.",
    "Where no answer of Mechanical Turk's to a case was ever published, ours follows the nearest one "
    "that was.",
)

# By operation.  One sentence or two each: what is otherwise, and why.
OF_OPERATIONS = {
    "ApproveAssignment": "Work on batches that were published on the website is approved by calls too.",
    "AssociateQualificationWithWorker": (
        "The worker is told on the site and, if the server sends mail, by mail."
    ),
    "CreateAdditionalAssignmentsForHIT": (
        "A HIT of a batch whose rest was cancelled on the website is not extended."
    ),
    "CreateHIT": (
        "HTML is refused where tags run into each other, end too early or come twice; what browsers mend, "
        "such as end tags that close nothing, is taken. An ExternalURL may be http:// where it names the "
        "worker's own machine, for development. What stands like a variable in a script of a layout needs no "
        "value, since it may be JavaScript's own. A QuestionForm is held against its schema, and must ask "
        "something that can be answered; its page differs in little, which its own page in the reference "
        "lists. A requirement may have RequiredToPreview beside ActionsGuarded where both say the same, as "
        "in what GetHIT shows."
    ),
    "CreateHITWithHITType": "As CreateHIT.",
    "CreateQualificationType": (
        "Test and AnswerKey are held against their schemas and against each other. A score that is no whole "
        "number is rounded to the nearest, halves up. A name is free again as soon as its type is deleted."
    ),
    "CreateWorkerBlock": "A block concerns the requester alone; no account is closed after several.",
    "DeleteHIT": "A disposed HIT can be shown by GetHIT for ever.",
    "GetAccountBalance": "10000.00 in both modes, as in Mechanical Turk's sandbox: nothing is prepaid.",
    "GetFileUploadURL": (
        "Mechanical Turk took no question that asks for files since 2017. Here FileUploadAnswer works, and "
        "so do file fields of HTML; of several files under one name the link is to the first, and each has "
        "one by its `UploadedFileKey` in place of the `QuestionIdentifier`."
    ),
    "ListHITs": (
        "HITs of batches that were published on the website are listed too; their question is the "
        "template filled with the row, and left out where it is larger than a question could be."
    ),
    "ListQualificationTypes": "A Query of more than 1,000 characters is refused.",
    "ListReviewPolicyResultsForHIT": (
        "Policies are carried out at once, not some time later; see [review policies](review-policies.md) "
        "for cases that Mechanical Turk's documents leave open, such as equally common answers."
    ),
    "NotifyWorkers": (
        "The message appears on the worker's page and, if the server sends mail and knows an address, in "
        "the mail. A call that an SDK repeats by itself writes once."
    ),
    "SendBonus": "The payment is recorded and shown to the worker, not carried out.",
    "SendTestEventNotification": (
        "Where the message cannot be sent, Mechanical Turk failed with an empty InternalFailure, which "
        "clients tried again in vain. Here that is a RequestError with InvalidTransportEndpoint, whose "
        "message says why."
    ),
    "UpdateExpirationForHIT": "As CreateAdditionalAssignmentsForHIT.",
    "UpdateHITTypeOfHIT": (
        "A HIT of a batch that was published on the website keeps its type: the batch's results are its own."
    ),
    "UpdateNotificationSettings": (
        "A destination that the server may not reach, by its settings, is refused at once. Deliveries "
        "are tried again for four days, and outlive a restart."
    ),
    "UpdateQualificationType": "As CreateQualificationType.",
}
