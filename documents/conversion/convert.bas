' Loads FOLDER/source without macros and links, prepares it for print and exports FOLDER/result.pdf.
' FOLDER/facts.txt then names what the pages do not show. See libreoffice.py.

Sub Convert(folder As String, importFilter As String, options As String, exportFilter As String, mostPages As String)
  Dim source As Object
  Dim facts As String
  On Error GoTo Ended
  source = Opened(folder & "source", importFilter, options)
  If IsNull(source) Then GoTo Ended
  If source.supportsService("com.sun.star.text.TextDocument") Then facts = PreparedText(source)
  If source.supportsService("com.sun.star.sheet.SpreadsheetDocument") Then facts = PreparedSheets(source)
  Export(source, folder & "result.pdf", exportFilter, mostPages)
  WriteFacts(ConvertFromURL(folder & "facts.txt"), facts)
Ended:
  On Error Resume Next
  If Not IsNull(source) Then source.close(True)
  StarDesktop.terminate()
End Sub

Function Opened(url As String, importFilter As String, options As String) As Object
  Dim load(4) As New com.sun.star.beans.PropertyValue
  load(0).Name = "Hidden"
  load(0).Value = True
  load(1).Name = "MacroExecutionMode"
  load(1).Value = com.sun.star.document.MacroExecMode.NEVER_EXECUTE
  load(2).Name = "UpdateDocMode"
  load(2).Value = com.sun.star.document.UpdateDocMode.NO_UPDATE
  load(3).Name = "FilterName"
  load(3).Value = importFilter
  load(4).Name = "FilterOptions"
  load(4).Value = options
  Opened = StarDesktop.loadComponentFromURL(url, "_blank", 0, load())
End Function

Function PreparedText(source As Object) As String
  Dim found As String
  Dim fields As Object
  If source.getRedlines().createEnumeration().hasMoreElements() Then
    found = "tracked_changes" & Chr(10)
    AcceptChanges(source)
    ' What is deleted must not be published: without a result there is no PDF.
    If source.getRedlines().createEnumeration().hasMoreElements() Then Error 5
  End If
  fields = source.getTextFields().createEnumeration()
  Do While fields.hasMoreElements()
    If fields.nextElement().supportsService("com.sun.star.text.textfield.Annotation") Then
      found = found & "comments" & Chr(10)
      Exit Do
    End If
  Loop
  PreparedText = found
End Function

' Protection of changes, or of the whole text, disables the command.
Sub AcceptChanges(source As Object)
  Dim none() As Byte
  Dim helper As Object
  Dim frame As Object
  source.setPropertyValue("RedlineProtectionKey", none())
  helper = createUnoService("com.sun.star.frame.DispatchHelper")
  frame = source.getCurrentController().getFrame()
  If source.isReadonly() Then helper.executeDispatch(frame, ".uno:EditDoc", "", 0, Array())
  helper.executeDispatch(frame, ".uno:AcceptAllTrackedChanges", "", 0, Array())
End Sub

Function PreparedSheets(source As Object) As String
  Dim found As String
  Dim sheet As Object
  Dim i As Long
  For i = 0 To source.getSheets().getCount() - 1
    sheet = source.getSheets().getByIndex(i)
    If sheet.getAnnotations().getCount() > 0 And InStr(found, "comments") = 0 Then found = found & "comments" & Chr(10)
    If Not sheet.IsVisible Then
      If InStr(found, "hidden_sheets") = 0 Then found = found & "hidden_sheets" & Chr(10)
    ElseIf UBound(sheet.getPrintAreas()) < 0 Then
      FitToWidth(sheet, source.getStyleFamilies().getByName("PageStyles").getByName(sheet.PageStyle))
    End If
  Next
  PreparedSheets = found
End Function

' A sheet whose author chose no scale: landscape if it is wider than the page, and as wide as the page.
Sub FitToWidth(sheet As Object, style As Object)
  Dim cursor As Object
  Dim used As Object
  Dim width As Long
  If style.PageScale <> 100 Or style.ScaleToPages <> 0 Or style.ScaleToPagesX <> 0 Or style.ScaleToPagesY <> 0 Then Exit Sub
  cursor = sheet.createCursor()
  cursor.gotoEndOfUsedArea(True)
  used = sheet.getCellRangeByPosition(0, 0, cursor.getRangeAddress().EndColumn, cursor.getRangeAddress().EndRow)
  If used.Size.Width <= style.Width - style.LeftMargin - style.RightMargin Then Exit Sub
  If Not style.IsLandscape Then
    width = style.Width
    style.IsLandscape = True
    style.Width = style.Height
    style.Height = width
  End If
  style.ScaleToPagesX = 1
  style.ScaleToPagesY = 0
End Sub

Sub Export(source As Object, url As String, exportFilter As String, mostPages As String)
  Dim save(1) As New com.sun.star.beans.PropertyValue
  Dim data(4) As New com.sun.star.beans.PropertyValue
  data(0).Name = "PageRange"
  data(0).Value = "1-" & mostPages
  data(1).Name = "ExportBookmarks"
  data(1).Value = True
  data(2).Name = "ExportNotes"
  data(2).Value = False
  data(3).Name = "ExportFormFields"
  data(3).Value = False
  data(4).Name = "Quality"
  data(4).Value = 90
  save(0).Name = "FilterName"
  save(0).Value = exportFilter
  save(1).Name = "FilterData"
  save(1).Value = data()
  source.storeToURL(url, save())
End Sub

Sub WriteFacts(path As String, facts As String)
  Dim file As Integer
  file = FreeFile
  Open path For Output As #file
  Print #file, facts
  Close #file
End Sub
