"""How people come in: a manager password, or a sign-in at the company's own provider (OpenID Connect)."""
