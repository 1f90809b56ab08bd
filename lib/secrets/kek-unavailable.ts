import { OperatorError } from "@/lib/operator-error";

/** A key-encryption key cannot be used now. The message is one sentence for the operator. */
export class KekUnavailable extends OperatorError {}
