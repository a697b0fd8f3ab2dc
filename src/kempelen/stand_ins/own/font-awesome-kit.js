/*
 * Stands in for the kits of Font Awesome: the free icons as a style sheet, also by the names they had in
 * version 4.  What a kit's owner added to it is not there.
 */
{
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = new URL("../../font-awesome/any/css/v4.min.css", document.currentScript.src).href;
  document.head.append(sheet);
}
