/** MariaDB, as a data source without a dialect. */
@NullMarked
package dev.handfast.xa.it.mariadb;

import org.jspecify.annotations.NullMarked;
