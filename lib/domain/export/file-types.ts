/** The media type of a document for word processors (ECMA-376). */
export const DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/** The media type of a workbook of sheets (ECMA-376). */
export const XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/** The media type of comma-separated values (RFC 4180), in UTF-8 with a head. */
export const CSV_TYPE = "text/csv; charset=utf-8; header=present";
