//! The four ways a call carries its arguments: query string, JSON, form, form with files.

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use serde_json::{Map, Value};

use crate::demo::phones::{Refused, Upload};

/// Reads them all into one object; what is in the body wins over the query string.
pub(super) async fn read(request: Request, limit: usize) -> Result<(Value, Vec<Upload>), Refused> {
    let mut params = Map::new();
    if let Some(query) = request.uri().query() {
        read_form(query.as_bytes(), &mut params);
    }
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let mut uploads = Vec::new();
    if kind == "multipart/form-data" {
        read_multipart(request, &mut params, &mut uploads).await?;
    } else {
        let body = to_bytes(request.into_body(), limit).await.map_err(|_| Refused::too_large())?;
        match kind.as_str() {
            "application/json" => read_json(&body, &mut params)?,
            "application/x-www-form-urlencoded" => read_form(&body, &mut params),
            _ => {}
        }
    }
    Ok((Value::Object(params), uploads))
}

fn read_form(bytes: &[u8], params: &mut Map<String, Value>) {
    for (name, value) in url::form_urlencoded::parse(bytes) {
        params.insert(name.into_owned(), Value::String(value.into_owned()));
    }
}

fn read_json(body: &Bytes, params: &mut Map<String, Value>) -> Result<(), Refused> {
    if body.is_empty() {
        return Ok(());
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(map)) => {
            params.extend(map);
            Ok(())
        }
        _ => Err(Refused::bad("can't parse JSON object")),
    }
}

async fn read_multipart(
    request: Request,
    params: &mut Map<String, Value>,
    uploads: &mut Vec<Upload>,
) -> Result<(), Refused> {
    let broken = || Refused::bad("can't parse the form");
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| broken())?;
    while let Some(field) = form.next_field().await.map_err(|_| broken())? {
        let name = field.name().unwrap_or_default().to_owned();
        let (file, mime) = (field.file_name().map(str::to_owned), field.content_type().map(str::to_owned));
        let bytes =
            field.bytes().await.map_err(|why| if why.status() == 413 { Refused::too_large() } else { broken() })?;
        if file.is_some() {
            uploads.push(Upload { field: name, name: file, mime, bytes });
        } else {
            let text =
                String::from_utf8(bytes.to_vec()).map_err(|_| Refused::bad("strings must be encoded in UTF-8"))?;
            params.insert(name, Value::String(text));
        }
    }
    Ok(())
}
