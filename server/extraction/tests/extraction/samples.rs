//! Files made here, so that every byte of them is known.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

pub(crate) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub(crate) const STYLES: &str = r#"<w:styles xmlns:w="w">
<w:style w:styleId="Tytu"><w:name w:val="Title"/></w:style>
<w:style w:styleId="Nagwek1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Nagwek2"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="Moje"><w:name w:val="Moje"/><w:basedOn w:val="Nagwek2"/></w:style>
<w:style w:styleId="Circle"><w:name w:val="Circle"/><w:basedOn w:val="Circle"/></w:style>
<w:style w:styleId="Tajne"><w:name w:val="Tajne"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:styleId="Tez"><w:name w:val="Tez"/><w:basedOn w:val="Tajne"/></w:style>
</w:styles>"#;

pub(crate) fn docx(body: &str) -> Vec<u8> {
    let document = format!(
        r#"<?xml version="1.0"?><w:document xmlns:w="w" xmlns:m="m" xmlns:mc="mc"><w:body>{body}<w:sectPr/></w:body></w:document>"#
    );
    archive(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "_rels/.rels",
            r#"<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>"#,
        ),
        ("word/document.xml", &document),
        (
            "word/_rels/document.xml.rels",
            r#"<Relationships><Relationship Id="r1" Type="http://x/styles" Target="styles.xml"/></Relationships>"#,
        ),
        ("word/styles.xml", STYLES),
    ])
}

pub(crate) fn docx_paragraph(style: &str, text: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#)
}

/// Slides with a text box of paragraphs each.
pub(crate) fn pptx(slides: &[Vec<String>]) -> Vec<u8> {
    let (mut ids, mut relations, mut parts) = (String::new(), String::new(), Vec::new());
    for (index, paragraphs) in slides.iter().enumerate() {
        ids.push_str(&format!("<p:sldId id=\"{}\" r:id=\"r{index}\"/>", 256 + index));
        relations
            .push_str(&format!("<Relationship Id=\"r{index}\" Type=\"x/slide\" Target=\"slides/slide{index}.xml\"/>"));
        let text: String = paragraphs.iter().map(|text| format!("<a:p><a:r><a:t>{text}</a:t></a:r></a:p>")).collect();
        let slide = format!(
            "<p:sld xmlns:p=\"p\" xmlns:a=\"a\"><p:spTree><p:sp><p:nvPr><p:ph type=\"body\"/></p:nvPr><p:txBody>{text}</p:txBody>\
             </p:sp></p:spTree></p:sld>"
        );
        parts.push((format!("ppt/slides/slide{index}.xml"), slide));
    }
    parts.push((
        "ppt/presentation.xml".to_owned(),
        format!("<p:presentation xmlns:p=\"p\" xmlns:r=\"r\"><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>"),
    ));
    parts.push(("ppt/_rels/presentation.xml.rels".to_owned(), format!("<Relationships>{relations}</Relationships>")));
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, content)| (name.as_str(), content.as_str())).collect();
    archive(&parts)
}

/// A PDF of content streams, in Helvetica and its bold and Courier.
pub(crate) fn pdf(pages: &[String]) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let mut kids = Vec::new();
    for content in pages {
        let number = objects.len() + 1;
        kids.push(format!("{number} 0 R"));
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R \
             /F3 5 0 R >> >> >>",
            number + 1
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    objects[1] = format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), kids.len());
    pdf_of(&objects, "")
}

/// Objects with a table of where they are.
pub(crate) fn pdf_of(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).bytes());
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    bytes.extend(format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n").bytes());
    bytes
}

/// The objects of a PDF whose page draws one other.
pub(crate) fn drawing(properties: &str, content: &str) -> Vec<String> {
    vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>"
            .to_owned(),
        "<< /Length 5 >>\nstream\n/X Do\nendstream".to_owned(),
        format!("<< /Type /XObject {properties} /Length {} >>\nstream\n{content}\nendstream", content.len()),
    ]
}

/// Shows a line of text at a place, counted from the lower left.
pub(crate) fn show(font: &str, size: f32, x: f32, y: f32, text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
    format!("BT /{font} {size} Tf {x} {y} Td ({text}) Tj ET\n")
}

/// Lines below each other.
pub(crate) fn lines(x: f32, y: f32, lines: &[&str]) -> String {
    lines.iter().enumerate().map(|(index, line)| show("F1", 10.0, x, y - 12.0 * index as f32, line)).collect()
}
