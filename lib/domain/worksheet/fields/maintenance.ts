import type { FieldGuidance, ItemField, SingleField } from "@/lib/domain/worksheet/fields/names";

/** The fields of a maintenance task, the next review and the exit plan. */
export const MAINTENANCE_FIELDS: Readonly<Record<ItemField<"task"> | SingleField<"maintenance">, FieldGuidance>> = {
  "task.task": {
    asks: "What somebody does to keep a control working, and what they look at while doing it.",
    criticised: "“Monitor the control.” Nobody knows afterwards whether it was done.",
    good: "Make six wrong sign-ins in the test account and see the lock come within two minutes.",
    poor: "Continuous monitoring",
    sources: ["appendixC", "practice"],
  },
  "task.owner": {
    asks: "Who does it: a person or a post that exists, with a stand-in.",
    criticised: "No owner, or a project team that ended.",
    good: "Platform team lead; in absence the head of operations",
    poor: "Responsible persons",
    sources: ["practice"],
  },
  "task.frequency": {
    asks: "How often, or on which event. Remember that a task which is missed cannot be made up for later.",
    criticised: "“Regularly”, “as needed”.",
    good: "First Monday of each month",
    poor: "Periodically",
    sources: ["appendixB", "practice"],
  },
  "task.monitoring": {
    asks: "How anybody notices that the control or the task itself has stopped: a signal, where it arrives, who looks.",
    criticised: "The control watches itself; when it is dead, all is quiet.",
    good: "A heartbeat from the function every five minutes; when two are missing, the operations centre is paged.",
    poor: "Logs are available.",
    sources: ["appendixC", "practice"],
  },
  "task.onFailure": {
    asks: "What happens then: who acts, how soon, what holds the place of the control meanwhile, where it is written down.",
    criticised: "Nothing, or “it is escalated” to nobody.",
    good: "The two users are disabled within the hour, an incident is opened, and its report goes to the assessor with the next evidence.",
    poor: "An appropriate response is initiated.",
    sources: ["practice"],
  },
  "task.onChange": {
    asks: "Which change calls for a new look before it goes live: to the function, the accounts, the service it leans on.",
    criticised: "Controls that were tested once and changed three times since.",
    good: "Any change to the function or its rule, a new region, a new emergency user: the test T1 is done again first.",
    poor: "Major changes",
    sources: ["practice"],
  },
  "maintenance.reviewDue": {
    asks: "The day on which constraint, controls and this worksheet are looked at anew: within a year, before the next assessment.",
    criticised: "No end: neither a day nor an event.",
    good: "A month before the next assessment begins.",
    poor: "To be defined",
    sources: ["appendixB", "boilerplate"],
  },
  "maintenance.exitPlan": {
    asks: "What would end the need for these controls: a product that can do it, a project, a replacement; by when, and who decides. If it can never end, say why.",
    criticised: "The constraint is renewed each year in the same words.",
    good: "The provider has announced a lockout setting. We ask each June; once it is there, it is switched on and this worksheet ends.",
    poor: "The controls will be used until further notice.",
    sources: ["boilerplate", "practice"],
  },
};
