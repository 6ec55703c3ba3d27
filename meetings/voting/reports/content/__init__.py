"""Reports on votes: pure functions from data to the content of a report.

`report_facts` defines their input, and `..formats` contains the functions that return bytes:

| Function | Result |
|---|---|
| `pdf.result_pdf(meeting, poll, language)` | the result, A4, PDF/A |
| `result_xlsx.result_xlsx(meeting, poll, language)` | the result as a workbook |
| `result_csv.result_csv(meeting, poll, language)` | the result as CSV |
| `attendance_pdf.attendance_pdf(meeting, attendance, language)` | the attendance list |
| `pdf.tellers_record_pdf(meeting, poll, record, language)` | biên bản kiểm phiếu |
| `record_docx.tellers_record_docx(meeting, poll, record, language)` | the same for Word |

The same input gives the same bytes. They may be called in a request handler: slow work runs in a
native thread, and a child process typesets PDF files (`core.typesetting.service`; raises:
Unavailable).

The modules here build the words of a report from the catalogue `reports`; `*.typ` and
`core.typesetting.docx_parts` define the layout. User texts are cleaned first (`printable`) and
passed as data to the typesetter, as runs to Word, as strings to the workbook, never as markup.
"""
