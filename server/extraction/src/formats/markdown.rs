use crate::meter::Meter;
use crate::reading::Reading;
use crate::writer::{Paging, Writer};
use crate::{Failure, clean, encoding, markup};
use comrak::{Options, markdown_to_html};

pub(crate) fn read(bytes: &[u8], meter: &mut Meter<'_>) -> Result<Reading, Failure> {
    let text = encoding::decode(bytes, None).replace('\0', "");
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.footnotes = true;
    options.extension.front_matter_delimiter = Some("---".to_owned());
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.tasklist = true;
    options.render.r#unsafe = true;
    let html = markdown_to_html(&text, &options);
    meter.check_time()?;
    let mut writer = Writer::new(Paging::Flowing, meter);
    markup::write_with_carets(&html, &mut writer)?;
    Ok(Reading { title: front_matter_title(&text), language: None, pages: writer.finish()? })
}

fn front_matter_title(text: &str) -> Option<String> {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    lines.next().filter(|line| line.trim_end() == "---")?;
    let title = lines.take_while(|line| line.trim_end() != "---").find_map(|line| line.strip_prefix("title:"))?;
    Some(clean::line(title.trim().trim_matches(['"', '\'']))).filter(|title| !title.is_empty())
}
