//! A page's text as elements. Nothing in it is ever taken for markup.

use super::model::{Piece, Shape};
use leptos::prelude::*;

/// The shapes of a page, one after the other.
#[component]
pub fn PageText(
    /// The shapes.
    shapes: Vec<Shape>,
) -> impl IntoView {
    let mut tables = 0;
    view! { <div class="page-text">{shapes.into_iter().map(|one| shape(one, &mut tables)).collect_view()}</div> }
}

fn shape(shape: Shape, tables: &mut u32) -> AnyView {
    match shape {
        // The page's own heading is the first level, that of the page number the second.
        Shape::Heading(1, words) => view! { <h3 dir="auto">{pieces(words)}</h3> }.into_any(),
        Shape::Heading(2, words) => view! { <h4 dir="auto">{pieces(words)}</h4> }.into_any(),
        Shape::Heading(3, words) => view! { <h5 dir="auto">{pieces(words)}</h5> }.into_any(),
        Shape::Heading(_, words) => view! { <h6 dir="auto">{pieces(words)}</h6> }.into_any(),
        Shape::Paragraph(words) => view! { <p dir="auto">{pieces(words)}</p> }.into_any(),
        Shape::List(items) => {
            let item = |words| view! { <li dir="auto">{pieces(words)}</li> };
            view! { <ul>{items.into_iter().map(item).collect_view()}</ul> }.into_any()
        }
        Shape::Table(rows) => {
            *tables += 1;
            table(rows, *tables)
        }
        Shape::Code(words) => view! {
            <pre class="page-code" tabindex="0">
                {pieces(words)}
            </pre>
        }
        .into_any(),
    }
}

/// Each region of a page has a name of its own.
fn table(rows: Vec<Vec<Vec<Piece>>>, number: u32) -> AnyView {
    let cell = |words| view! { <td dir="auto">{pieces(words)}</td> };
    let row = |cells: Vec<Vec<Piece>>| view! { <tr>{cells.into_iter().map(cell).collect_view()}</tr> };
    view! {
        <div class="page-table" tabindex="0" role="region" aria-label=format!("Table {number}")>
            <table>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn pieces(pieces: Vec<Piece>) -> Vec<AnyView> {
    pieces.into_iter().map(piece).collect()
}

fn piece(piece: Piece) -> AnyView {
    match piece.mark {
        None => piece.text.into_any(),
        Some(true) => {
            let id = piece.is_anchor.then_some("cited");
            view! {
                <mark class="cited" id=id>
                    {piece.text}
                </mark>
            }
            .into_any()
        }
        Some(false) => view! { <mark>{piece.text}</mark> }.into_any(),
    }
}
