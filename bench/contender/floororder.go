package contender

import (
	"strconv"

	"github.com/runrpc/jsonrpc/bench/work"
)

// order reads an order.
func (c *cursor) order() (o work.Order) {
	c.fields(func(name string) {
		switch name {
		case "id":
			o.ID = c.str()
		case "created":
			o.Created = c.str()
		case "customer":
			o.Customer = c.customer()
		case "shipping":
			o.Shipping = c.address()
		case "items":
			o.Items = c.items()
		case "currency":
			o.Currency = c.str()
		case "note":
			o.Note = c.str()
		case "total":
			o.Total = c.float()
		case "status":
			o.Status = c.str()
		}
	})
	return o
}

func (c *cursor) customer() (v work.Customer) {
	c.fields(func(name string) {
		switch name {
		case "id":
			n, _ := c.int()
			v.ID = int64(n)
		case "name":
			v.Name = c.str()
		case "email":
			v.Email = c.str()
		case "vip":
			v.VIP = c.raw() == "true"
		}
	})
	return v
}

func (c *cursor) address() (v work.Address) {
	c.fields(func(name string) {
		s := c.str()
		switch name {
		case "line1":
			v.Line1 = s
		case "city":
			v.City = s
		case "zip":
			v.Zip = s
		case "country":
			v.Country = s
		}
	})
	return v
}

func (c *cursor) items() []work.Item {
	items := make([]work.Item, 0, 8)
	tags := make([]string, 0, 16) // one array for the tags of all items
	c.i++
	for c.next() == '{' {
		items = append(items, work.Item{})
		it := &items[len(items)-1]
		c.fields(func(name string) {
			switch name {
			case "sku":
				it.SKU = c.str()
			case "title":
				it.Title = c.str()
			case "qty":
				it.Qty, _ = c.int()
			case "price":
				it.Price = c.float()
			case "tags":
				tags = c.tags(tags, it)
			}
		})
	}
	c.i++
	return items
}

// tags reads an item's tags to the end of all.
func (c *cursor) tags(all []string, it *work.Item) []string {
	from := len(all)
	c.i++
	for c.next() == '"' {
		all = append(all, c.str())
	}
	c.i++
	it.Tags = all[from:len(all):len(all)]
	return all
}

func appendOrder(b []byte, o *work.Order) []byte {
	b = appendMember(b, `{"id":`, o.ID)
	b = appendMember(b, `,"created":`, o.Created)
	b = strconv.AppendInt(append(b, `,"customer":{"id":`...), o.Customer.ID, 10)
	b = appendMember(b, `,"name":`, o.Customer.Name)
	b = appendMember(b, `,"email":`, o.Customer.Email)
	b = strconv.AppendBool(append(b, `,"vip":`...), o.Customer.VIP)
	b = appendMember(b, `},"shipping":{"line1":`, o.Shipping.Line1)
	b = appendMember(b, `,"city":`, o.Shipping.City)
	b = appendMember(b, `,"zip":`, o.Shipping.Zip)
	b = appendMember(b, `,"country":`, o.Shipping.Country)
	b = append(b, `},"items":[`...)
	for i := range o.Items {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendItem(b, &o.Items[i])
	}
	b = appendMember(b, `],"currency":`, o.Currency)
	b = appendMember(b, `,"note":`, o.Note)
	b = strconv.AppendFloat(append(b, `,"total":`...), o.Total, 'f', -1, 64)
	b = appendMember(b, `,"status":`, o.Status)
	return append(b, '}')
}

func appendItem(b []byte, it *work.Item) []byte {
	b = appendMember(b, `{"sku":`, it.SKU)
	b = appendMember(b, `,"title":`, it.Title)
	b = strconv.AppendInt(append(b, `,"qty":`...), int64(it.Qty), 10)
	b = strconv.AppendFloat(append(b, `,"price":`...), it.Price, 'f', -1, 64)
	b = append(b, `,"tags":[`...)
	for i, tag := range it.Tags {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, tag)
	}
	return append(b, `]}`...)
}

func appendMember(b []byte, head, value string) []byte {
	return appendString(append(b, head...), value)
}
