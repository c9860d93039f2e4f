/** The log's directory: its lock, its small files, and who the store is. */
@NullMarked
package dev.handfast.xa.internal.log.directory;

import org.jspecify.annotations.NullMarked;
