//! `/clinic/import`: a day's list.

use crate::{
    api::clinic::{ClinicCard, ImportLine, Me},
    app::clinic::{StaffFrame, problem::Problem},
};
use leptos::prelude::*;

/// A line as people read it: right or wrong.
#[component]
fn Lines(lines: Vec<ImportLine>) -> impl IntoView {
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label="Lines of the list">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">"Line"</th>
                        <th scope="col">"When"</th>
                        <th scope="col">"Minutes"</th>
                        <th scope="col">"Patient"</th>
                        <th scope="col">"Born"</th>
                        <th scope="col">"Provider"</th>
                        <th scope="col">"Reason"</th>
                        <th scope="col">"Language"</th>
                        <th scope="col">"Interpreter"</th>
                        <th scope="col">"Result"</th>
                    </tr>
                </thead>
                <tbody>{lines.into_iter().map(line).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn line(read: ImportLine) -> impl IntoView {
    let says = read.says;
    let result = match (read.error, read.link) {
        (Some(error), _) => view! { <strong class="wrong">{error}</strong> }.into_any(),
        (None, Some(link)) => view! {
            <span class="handed">{link.address}</span>
            <br />
            "Code " <span class="handed">{link.code}</span>
        }
        .into_any(),
        (None, None) => "Right".into_any(),
    };
    view! {
        <tr>
            <td>{read.number}</td>
            <td>{says.when}</td>
            <td>{says.minutes}</td>
            <th scope="row">{says.patient}</th>
            <td>{says.birth_date}</td>
            <td>{says.provider}</td>
            <td class="table__long">{says.reason}</td>
            <td>{says.language}</td>
            <td>{says.interpreter}</td>
            <td>{result}</td>
        </tr>
    }
}

/// Where a list is chosen.
#[component]
pub fn ImportPage(
    /// The clinic.
    clinic: ClinicCard,
    /// Who reads.
    me: Me,
    /// What was wrong with the last one.
    error: Option<String>,
) -> impl IntoView {
    view! {
        <StaffFrame clinic me>
            <main id="main" class="page narrow" tabindex="-1">
                <h1>"Import a list of appointments"</h1>
                <Problem error=error.clone() />
                <p>
                    "Save the list from your spreadsheet as CSV. Its first line names the columns: "
                    <code>"name, birth date, provider, date, time"</code>
                    ", and if you like "
                    <code>"minutes, reason, language, interpreter, which"</code>
                    ". Nothing is made before you have seen what was understood."
                </p>
                <p>
                    <code>"which"</code>
                    " is for the night when clocks go back, when an hour comes twice: write "
                    <code>"first"</code>
                    " or "
                    <code>"second"</code>
                    ". On other days it may be empty."
                </p>
                <form method="post" action="/clinic/import" enctype="multipart/form-data" class="form">
                    <label class="field">
                        <span>"The list"</span>
                        <input
                            type="file"
                            name="list"
                            accept=".csv,text/csv,text/plain"
                            required
                            aria-describedby=error.is_some().then_some("problem")
                        />
                        <small>"At most 300 appointments."</small>
                    </label>
                    <button class="button button--primary">"Read the list"</button>
                </form>
            </main>
        </StaffFrame>
    }
}

/// What was understood, before anything is made.
#[component]
pub fn PreviewPage(
    /// The clinic.
    clinic: ClinicCard,
    /// Who reads.
    me: Me,
    /// The list itself, to be sent again.
    list: String,
    /// Its lines.
    lines: Vec<ImportLine>,
) -> impl IntoView {
    let wrong = lines.iter().filter(|line| line.error.is_some()).count();
    let right = lines.len() - wrong;
    view! {
        <StaffFrame clinic me>
            <main id="main" class="page" tabindex="-1">
                <h1>"Is this right?"</h1>
                {(wrong > 0)
                    .then(|| {
                        view! {
                            <section class="notice notice--warning" role="alert">
                                <p>
                                    {wrong}
                                    " of the lines cannot be understood, and would be left out. You can mend the list and choose it again."
                                </p>
                            </section>
                        }
                    })}
                <Lines lines />
                <div class="actions actions--start">
                    {(right > 0)
                        .then(|| {
                            view! {
                                <form method="post" action="/clinic/import/confirm" enctype="multipart/form-data">
                                    <input type="hidden" name="list" value=list />
                                    <button class="button button--primary">
                                        "Make the " {right} {if right == 1 { " appointment" } else { " appointments" }}
                                    </button>
                                </form>
                            }
                        })} <a class="button button--quiet" href="/clinic/import">
                        "Choose another list"
                    </a>
                </div>
            </main>
        </StaffFrame>
    }
}

/// What was made, with every link.
#[component]
pub fn ImportedPage(
    /// The clinic.
    clinic: ClinicCard,
    /// Who reads.
    me: Me,
    /// The lines, with the links of those that were right.
    lines: Vec<ImportLine>,
) -> impl IntoView {
    let made = lines.iter().filter(|line| line.link.is_some()).count();
    view! {
        <StaffFrame clinic me>
            <main id="main" class="page" tabindex="-1">
                <h1>{made} {if made == 1 { " appointment was made" } else { " appointments were made" }}</h1>
                <p>"Please send or print the links now: they cannot be read again."</p>
                <Lines lines />
                <p>
                    <a class="button" href="/clinic/appointments">
                        "Go to the appointments"
                    </a>
                </p>
            </main>
        </StaffFrame>
    }
}
