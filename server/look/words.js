// Streamlit's own words in Vietnamese: it has no setting for them. Only whole texts it is known to
// write are replaced, and only in its own parts: never what an office typed.
const WORDS = {
  "Upload": "Chọn tệp",
  "Add files": "Thêm tệp",
  "Drag and drop files here": "Kéo thả tệp vào đây",
  "Drag and drop a file here": "Kéo thả tệp vào đây",
  "No results": "Không có kết quả",
  "Clear all": "Bỏ chọn tất cả",
  "Clear value": "Bỏ chọn",
  "Select all": "Chọn tất cả",
  "Connecting": "Đang kết nối",
  "Connection error": "Mất kết nối",
  "Connection timed out.": "Mất kết nối.",
  "Please wait...": "Xin chờ…",
  "Running...": "Đang xử lý…",
  "Add row": "Thêm dòng",
  "Delete row(s)": "Đưa các dòng đã chọn ra khỏi sổ",
  "Clear selection": "Bỏ chọn",
  "Search": "Tìm",
  "Download as CSV": "Tải về dạng CSV",
  "Show/hide columns": "Hiện, ẩn cột",
  "Fullscreen": "Toàn màn hình",
  "Close fullscreen": "Thôi toàn màn hình",
  "Sort ascending": "Xếp tăng dần",
  "Sort descending": "Xếp giảm dần",
  "Autosize": "Vừa nội dung",
  "Pin column": "Giữ cột bên trái",
  "Unpin column": "Thôi giữ cột",
  "Hide column": "Ẩn cột",
  "Statistics": "Thống kê",
  "Format": "Định dạng",
};
const PLACES = [
  "[data-testid=stFileUploader]",
  "[data-testid=stSelectboxVirtualDropdown]",
  "[data-testid=stElementToolbar]",
  "[data-testid=stTooltipContent]",
  "[data-testid=stDataFrameColumnMenu]",
  "[data-testid=stStatusWidget]",
  "[data-testid=stConnectionStatus]",
  "[role=listbox]",
  "[role=dialog]",
].join(",");
const SIZE = /^(\d+)MB per file( • .*)?$/;

function said(text) {
  const size = SIZE.exec(text);
  return size ? `Mỗi tệp tối đa ${size[1]} MB${size[2] ?? ""}` : WORDS[text];
}

function translate(root) {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const word = said(node.data.trim());
    if (word && node.data !== word) node.data = word;
  }
}

function everywhere() {
  for (const place of document.querySelectorAll(PLACES)) translate(place);
}

if (document.documentElement.lang === "vi") {
  new MutationObserver(everywhere).observe(document.documentElement, { childList: true, subtree: true });
}
