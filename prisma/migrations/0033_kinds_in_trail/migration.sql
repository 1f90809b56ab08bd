-- The sentences of the organisation's own trail say whether they speak of a worksheet or of a record.
GRANT SELECT (kind) ON worksheet TO countervail_organisation;
