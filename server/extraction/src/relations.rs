//! What a part of an Office document refers to.

use crate::Failure;
use crate::archive::{Archive, resolved};
use crate::meter::Meter;
use crate::xml::{self, Node};

#[derive(Debug)]
pub(crate) struct Relation {
    pub(crate) id: String,
    /// The last step of its type's address, such as `slide` or `notesSlide`.
    pub(crate) kind: String,
    pub(crate) target: String,
}

pub(crate) fn of(part: &str, archive: &mut Archive<'_>, meter: &Meter<'_>) -> Result<Vec<Relation>, Failure> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let path = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
    let Some(text) = archive.text(&path)? else { return Ok(Vec::new()) };
    let mut relations = Vec::new();
    xml::walk(&text, meter.pace(), &mut |node| {
        if let Node::Open(element) = node
            && element.name() == "Relationship"
            && let (Some(id), Some(target)) = (element.attribute("Id"), element.attribute("Target"))
            && element.attribute("TargetMode").is_none_or(|mode| mode != "External")
        {
            let kind = element.attribute("Type").unwrap_or_default();
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            relations.push(Relation { id, kind, target: resolved(part, &target) });
        }
        Ok(())
    })?;
    Ok(relations)
}

/// The document's own title, from its properties.
pub(crate) fn title(archive: &mut Archive<'_>, meter: &Meter<'_>) -> Result<Option<String>, Failure> {
    let Some(text) = archive.text("docProps/core.xml")? else { return Ok(None) };
    let (mut inside, mut title) = (false, String::new());
    xml::walk(&text, meter.pace(), &mut |node| {
        match node {
            Node::Open(element) => inside = element.name() == "title",
            Node::Close(_) => inside = false,
            Node::Text(text) if inside => title.push_str(text),
            Node::Text(_) => {}
        }
        Ok(())
    })?;
    let title = crate::clean::line(&title);
    // What programs write when nobody gave a title.
    let is_title =
        !title.is_empty() && !matches!(title.as_str(), "PowerPoint Presentation" | "Prezentacja programu PowerPoint");
    Ok(is_title.then_some(title))
}
