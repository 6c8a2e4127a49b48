//! The year's funds at the node (M-8).
use chrono::{Datelike, NaiveDate};

use super::{Fund, Item, Seat};
use crate::grid::record::form;

/// Budget, spent, left, then every spending that names no activity, nobody who attended, or no voucher.
pub(super) fn funds(seat: Seat<'_>) -> Vec<Item> {
    let (budgets, spendings) = (of_year(seat, "budget"), of_year(seat, "spending"));
    if seat.unit().is_some() || budgets.is_empty() && spendings.is_empty() {
        return Vec::new();
    }
    let sum = |rows: &[(NaiveDate, Vec<i64>)]| rows.iter().filter_map(|(_, numbers)| numbers.first()).sum::<i64>();
    let (budget, spent) = (sum(&budgets), sum(&spendings));
    let sums = [Fund::Budget(budget), Fund::Spent(spent), Fund::Left(budget - spent)];
    sums.into_iter().chain(spendings.into_iter().filter_map(improper)).map(Item::Fund).collect()
}

/// The readings of a form in the running year, in an order that all replicas have.
fn of_year(seat: Seat<'_>, id: &str) -> Vec<(NaiveDate, Vec<i64>)> {
    let Some((number, _)) = form(id) else { return Vec::new() };
    let all = seat.state.readings_at(seat.node, number as u8, 0);
    let year = all.filter(|(day, _)| day.year() == seat.today.year() && *day <= seat.today);
    let mut rows: Vec<_> = year.map(|(day, numbers)| (day, numbers.to_vec())).collect();
    rows.sort();
    rows
}

fn improper((day, numbers): (NaiveDate, Vec<i64>)) -> Option<Fund> {
    let [amount, activity, attended, voucher] = numbers[..] else { return None };
    let [activity, attended, voucher] = [activity, attended, voucher].map(|number| number == 0);
    (activity || attended || voucher).then_some(Fund::Improper { day, amount, activity, attended, voucher })
}
