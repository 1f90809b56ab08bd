import type { MoveInput } from "@/lib/contracts/review";

/** What each move does, said before it is made. */
export const MOVE_CONSEQUENCES: Readonly<Record<MoveInput["move"], string>> = {
  submit: "It goes to review and is closed for writing.",
  approve_internally: "It is frozen as a revision and goes to the decider.",
  send_back: "It goes back to its authors, who read your reason.",
  request_changes: "It goes back to its authors, who read your reason. The frozen revision stays.",
  withdraw: "It leaves the review and is closed. It can be reopened; nothing in it is lost.",
  reopen: "The next revision begins as a draft. What was signed or decided stays on its revision.",
};
