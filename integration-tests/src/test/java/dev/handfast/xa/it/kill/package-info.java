/**
 * An application, a broker and a database server that are killed at random, and who audits them.
 */
@NullMarked
package dev.handfast.xa.it.kill;

import org.jspecify.annotations.NullMarked;
