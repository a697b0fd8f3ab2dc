// What programs in JavaScript do with @aws-sdk/client-mturk.  node sdk_for_javascript.cjs VERB '{"given": …}'
// prints an answer as JSON.  The endpoint, key and region are the environment's.
"use strict";

const mturk = require("@aws-sdk/client-mturk");

const client = new mturk.MTurkClient({});

const verbs = {
  async publish({ question, count }) {
    const balance = await client.send(new mturk.GetAccountBalanceCommand({}));
    const made = [];
    for (let number = 1; number <= count; number++) {
      const { HIT } = await client.send(
        new mturk.CreateHITCommand({
          Title: "Describe a picture",
          Description: "Look at a picture and say what is in it: naïve, ♞.",
          Reward: "0.15",
          MaxAssignments: 1,
          LifetimeInSeconds: 3600,
          AssignmentDurationInSeconds: 600,
          Question: question,
          RequesterAnnotation: `row ${number}`,
          QualificationRequirements: [
            {
              QualificationTypeId: "00000000000000000040",
              Comparator: "GreaterThanOrEqualTo",
              IntegerValues: [0],
              ActionsGuarded: "Accept",
            },
          ],
        }),
      );
      made.push(HIT);
    }
    const isDate = made.every((hit) => hit.CreationTime instanceof Date && hit.Expiration > hit.CreationTime);
    return { balance: balance.AvailableBalance, made: made.map((hit) => hit.HITId), hit: made[0], isDate };
  },

  async list({ pageSize }) {
    const pages = [];
    for await (const page of mturk.paginateListHITs({ client, pageSize }, {})) {
      pages.push(page.HITs.map((hit) => hit.HITId));
    }
    return pages;
  },

  async review({ hitId }) {
    const { Assignments } = await client.send(new mturk.ListAssignmentsForHITCommand({ HITId: hitId }));
    const { AssignmentId, WorkerId, Answer } = Assignments[0];
    await client.send(new mturk.ApproveAssignmentCommand({ AssignmentId, RequesterFeedback: "Danke schön" }));
    await client.send(
      new mturk.SendBonusCommand({ AssignmentId, WorkerId, BonusAmount: "0.10", Reason: "Well seen." }),
    );
    const { Assignment } = await client.send(new mturk.GetAssignmentCommand({ AssignmentId }));
    await client.send(new mturk.DeleteHITCommand({ HITId: hitId }));
    return { answer: Answer, status: Assignment.AssignmentStatus, feedback: Assignment.RequesterFeedback };
  },

  async refused({ hitId, maxResults }) {
    const calls = [
      new mturk.GetHITCommand({ HITId: hitId }),
      new mturk.CreateWorkerBlockCommand({ WorkerId: "A1NOBODYHERE", Reason: "Nobody." }),
      new mturk.ListHITsCommand({ MaxResults: maxResults }),
    ];
    const refusals = [];
    for (const call of calls) {
      const error = await client.send(call).catch((refusal) => refusal);
      refusals.push({
        name: error.name,
        code: error.TurkErrorCode,
        message: error.message,
        isRequestError: error instanceof mturk.RequestError,
        status: error.$metadata.httpStatusCode,
        attempts: error.$metadata.attempts,
      });
    }
    return refusals;
  },
};

const [verb, given] = process.argv.slice(2);
verbs[verb](JSON.parse(given)).then((answer) => console.log(JSON.stringify(answer)));
