"""The papers of a vote: pure functions from facts to bytes.

| Function | Gives |
|---|---|
| `result_paper.result_pdf(meeting, poll, language)` | the result, A4, PDF/A |
| `result_xlsx.result_xlsx(meeting, poll, language)` | the result as a workbook |
| `result_csv.result_csv(meeting, poll, language)` | the result as text for spreadsheets |
| `attendance_paper.attendance_pdf(meeting, attendance, language)` | the attendance list |
| `record_paper.tellers_record_pdf(meeting, poll, record, language)` | biên bản kiểm phiếu |
| `record_docx.tellers_record_docx(meeting, poll, record, language)` | the same for Word |

`facts` says what they are made of. The same facts give the same bytes. They may be called in a
request handler: what takes time is done in a native thread, a PDF is typeset by a child process
(`core.typesetting.service`), which may refuse with `Unavailable`.

How they are built: `*_content` says in words what a paper prints, `*.typ` and
`core.typesetting.docx_parts` how it looks; the words are the catalogue `reports`. Texts of people
are cleaned first (`clean`) and are data to the typesetter, runs to Word, strings to the workbook:
nothing in them is ever markup.
"""
