// Streamlit draws the parts of the menu as lists in which not everything is an item, and a screen
// reader would count them wrongly: without the roles of lists it reads the names and the links.
const ITEMS = "[data-testid=stSidebarNavItems]";

function plain() {
  for (const element of document.querySelectorAll(`${ITEMS}:has(> div), ${ITEMS}:has(> div) li`)) {
    if (element.role !== "none") element.role = "none";
  }
}

new MutationObserver(plain).observe(document.documentElement, { childList: true, subtree: true });
