/** What ordinary programs do wrong with a connection, and what becomes of it. */
@NullMarked
package dev.handfast.xa.jdbc.mistake;

import org.jspecify.annotations.NullMarked;
