use crate::archive::{Archive, resolved};
use crate::meter::Meter;
use crate::reading::Reading;
use crate::writer::{Paging, Writer};
use crate::xml::{self, Node};
use crate::{Failure, clean, encoding, markup};
use std::collections::HashMap;

/// Ways of scrambling fonts, which is not a protection of the text.
const SCRAMBLED_FONTS: [&str; 2] = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];

pub(crate) fn read(bytes: &[u8], meter: &mut Meter<'_>) -> Result<Reading, Failure> {
    let mut archive = Archive::open(bytes, meter.limits())?;
    check_protection(&mut archive, meter)?;
    let package = Package::read(&mut archive, meter)?;
    let mut writer = Writer::new(Paging::Flowing, meter);
    for chapter in &package.spine {
        if let Some(bytes) = archive.read(chapter)? {
            writer.end_page_if_any()?;
            markup::write(&encoding::decode(&bytes, None), &mut writer)?;
        }
    }
    let pages = writer.finish()?;
    let text = |text: String| Some(clean::line(&text)).filter(|text| !text.is_empty());
    Ok(Reading { title: text(package.title), language: text(package.language), pages })
}

fn check_protection(archive: &mut Archive<'_>, meter: &Meter<'_>) -> Result<(), Failure> {
    let Some(text) = archive.text("META-INF/encryption.xml")? else { return Ok(()) };
    xml::walk(&text, meter.pace(), &mut |node| match node {
        Node::Open(element) if element.name() == "EncryptionMethod" => {
            let algorithm = element.attribute("Algorithm").unwrap_or_default();
            if SCRAMBLED_FONTS.contains(&algorithm.as_str()) { Ok(()) } else { Err(Failure::encrypted()) }
        }
        _ => Ok(()),
    })
}

#[derive(Default)]
struct Package {
    title: String,
    language: String,
    /// The chapters in the order of reading.
    spine: Vec<String>,
}

impl Package {
    fn read(archive: &mut Archive<'_>, meter: &Meter<'_>) -> Result<Self, Failure> {
        let path = Self::path(archive, meter)?;
        let text = archive.required_text(&path)?;
        let mut package = Self::default();
        let mut items = HashMap::new();
        let mut open = String::new();
        xml::walk(&text, meter.pace(), &mut |node| {
            match node {
                Node::Open(element) => {
                    open = element.name().to_owned();
                    match element.name() {
                        "item" => {
                            let is_contents = element
                                .attribute("properties")
                                .is_some_and(|all| all.split(' ').any(|one| one == "nav"));
                            if let (Some(id), Some(href), false) =
                                (element.attribute("id"), element.attribute("href"), is_contents)
                            {
                                items.insert(id, resolved(&path, &href));
                            }
                        }
                        "itemref" => {
                            let chapter = element.attribute("idref").and_then(|id| items.remove(&id));
                            package.spine.extend(chapter);
                        }
                        _ => {}
                    }
                }
                Node::Close(name) => {
                    // Only the first title counts: others are subtitles and series.
                    if name == "title" && !package.title.trim().is_empty() {
                        package.title.push('\n');
                    }
                    open.clear();
                }
                Node::Text(text) if open == "title" && !package.title.contains('\n') => package.title.push_str(text),
                Node::Text(text) if open == "language" && package.language.is_empty() => {
                    package.language.push_str(text)
                }
                Node::Text(_) => {}
            }
            Ok(())
        })?;
        Ok(package)
    }

    fn path(archive: &mut Archive<'_>, meter: &Meter<'_>) -> Result<String, Failure> {
        let text = archive.required_text("META-INF/container.xml")?;
        let mut path = None;
        xml::walk(&text, meter.pace(), &mut |node| {
            if let Node::Open(element) = node
                && element.name() == "rootfile"
                && path.is_none()
            {
                path = element.attribute("full-path");
            }
            Ok(())
        })?;
        path.ok_or_else(Failure::corrupt)
    }
}
