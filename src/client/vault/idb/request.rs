//! Requests of a read transaction: sent all at once, and answered in the order in which they were sent.

use indexed_db_futures::KeyRange;
use indexed_db_futures::error::Error;
use indexed_db_futures::future::{BasicRequest, GetAllPrimitiveRequest};
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::Transaction;
use indexed_db_futures::typed_array::TypedArray;

use super::schema::store_name;
use crate::vault::{Index, Query, SealedRows};

/// A query on its way.
pub(super) enum Request {
    Page(GetAllPrimitiveRequest<String>, GetAllPrimitiveRequest<TypedArray<u8>>),
    Row(Index, BasicRequest<Option<TypedArray<u8>>>),
}

impl Request {
    /// Asks the database; the answer comes in its own time.
    pub(super) fn send(transaction: &Transaction<'_>, query: &Query) -> Result<Self, Error> {
        let store = transaction.object_store(&store_name(query.table()))?;
        match query {
            Query::Page { after, most, .. } => {
                // Every key stands behind the empty one.
                let after = after.map(|index| key(&index)).unwrap_or_default();
                let behind = || KeyRange::LowerBound(after.as_str(), true);
                let keys = store.get_all_keys::<String>().with_query::<&str, _>(behind());
                let values = store.get_all::<TypedArray<u8>>().with_query::<&str, _>(behind());
                let (keys, values) = (keys.with_limit(*most), values.with_limit(*most));
                Ok(Self::Page(keys.primitive()?, values.primitive()?))
            }
            Query::Row(_, index) => {
                Ok(Self::Row(*index, store.get(key(index).as_str()).primitive()?))
            }
        }
    }

    /// What was asked, once all is there.
    ///
    /// The last is awaited first: when it is answered so are the others, and the page wakes up once, not once
    /// for each. What the first tells that failed is the reason; it makes those behind it fail too.
    pub(super) async fn answers(mut requests: Vec<Self>) -> Result<Vec<SealedRows>, Error> {
        let Some(last) = requests.pop() else { return Ok(Vec::new()) };
        let last = last.answer().await;
        let mut answers = Vec::with_capacity(requests.len() + 1);
        for request in requests {
            answers.push(request.answer().await?);
        }
        answers.push(last?);
        Ok(answers)
    }

    async fn answer(self) -> Result<SealedRows, Error> {
        match self {
            Self::Page(keys, values) => {
                let values = values.await;
                let (keys, values) = (keys.await?, values?);
                let mut rows = Vec::with_capacity(keys.len());
                for (key, value) in keys.zip(values) {
                    if let Some(index) = index(&key?) {
                        rows.push((index, value?.into()));
                    }
                }
                Ok(rows)
            }
            Self::Row(index, value) => {
                Ok(value.await?.map(|value| (index, value.into())).into_iter().collect())
            }
        }
    }
}

/// How the database names a row.
pub(super) fn key(index: &Index) -> String {
    index.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn index(key: &str) -> Option<Index> {
    key.parse::<domain::ids::EntryId>().ok().map(|id| id.0)
}
